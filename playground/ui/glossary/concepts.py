"""Terms of the glossary that no menu offers: group -> name -> Concept."""

from typing import NamedTuple

from playground.text import _


class Concept(NamedTuple):
    """term: the word. text: one or two plain sentences. formula: LaTeX. source: who and when."""

    term: str
    text: str
    formula: str = ""
    source: str = ""


CONCEPTS: dict[str, dict[str, Concept]] = {
    _("Data"): {
        "classification": Concept(_("Classification"), _("To say which class a point belongs to.")),
        "regression": Concept(_("Regression"), _("To say a number for a point, instead of a class.")),
        "label": Concept(
            _("Label"), _("The right answer that comes with a point: its class, or its number.")
        ),
        "feature": Concept(
            _("Feature"),
            _("A number that describes a point to the network, such as x². Good ones make hard tasks easy."),
        ),
        "training_set": Concept(_("Training set"), _("The points that a network learns from.")),
        "test_set": Concept(
            _("Test set"),
            _("Points that are kept from training, to see whether what was learnt holds for new ones."),
        ),
        "standardisation": Concept(
            _("Standardisation"),
            _("To shift and scale an input so that its mean is 0 and its spread is 1."),
            r"x' = \frac{x - \mu}{\sigma}",
        ),
        "noise": Concept(_("Noise"), _("Random blur in the data that no network can foresee.")),
        "label_noise": Concept(_("Wrong labels"), _("Training points whose label is not the true one.")),
        "imbalance": Concept(
            _("Class imbalance"),
            _("One class has far more points than another. Accuracy then says little about the rare one."),
        ),
        "decision_boundary": Concept(
            _("Decision boundary"),
            _("The line in the picture at which the network's answer changes from one class to another."),
        ),
    },
    _("Network"): {
        "unit": Concept(
            _("Unit"),
            _(
                "The smallest part of a network, or neuron: it weighs its inputs, adds a bias and bends the "
                "sum."
            ),
            r"y = f\left(\sum_i w_i x_i + b\right)",
            "McCulloch and Pitts 1943; Rosenblatt 1958",
        ),
        "weight": Concept(_("Weight"), _("How strongly, and with which sign, one unit counts for the next.")),
        "bias": Concept(_("Bias"), _("A number added to a unit's sum: it shifts where the unit switches.")),
        "layer": Concept(_("Layer"), _("Units side by side that see the same inputs.")),
        "dense": Concept(
            _("Dense layer"),
            _("A layer whose every unit sees every output of the layer before."),
            "y = x W + b",
            "Rosenblatt 1958",
        ),
        "hidden_layer": Concept(_("Hidden layer"), _("A layer between the inputs and the output.")),
        "parameter": Concept(_("Parameter"), _("A number that training changes: a weight or a bias.")),
        "activation_function": Concept(
            _("Activation function"),
            _(
                "The function that bends a unit's sum. Without it, layers could draw nothing but straight "
                "lines."
            ),
        ),
        "initial_weights": Concept(
            _("Initial weights"),
            _("The random weights a run begins with. Their size decides whether signals vanish or explode."),
        ),
        "symmetry": Concept(
            _("Symmetry"),
            _("Units with equal weights get equal gradients and stay equal. Random first weights break it."),
            source="Rumelhart, Hinton and Williams 1986",
        ),
        "logit": Concept(_("Logit"), _("An output before it is turned into a probability: any number.")),
        "softmax": Concept(
            _("Softmax"),
            _("Turns a number for each class into shares between 0 and 1 that add up to 1."),
            r"\hat p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
            "Bridle 1990",
        ),
        "forward_pass": Concept(_("Forward pass"), _("From the inputs through all layers to the output.")),
        "batch_norm": Concept(
            _("Batch norm"),
            _(
                "Brings each unit's sums to mean 0 and spread 1 over the batch, then lets training scale "
                "them."
            ),
            r"\hat x = \frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}",
            "Ioffe and Szegedy 2015",
        ),
        "layer_norm": Concept(
            _("Layer norm"),
            _("Like batch norm, but over the units of a layer, point by point."),
            r"\hat x = \frac{x - \mu_L}{\sqrt{\sigma_L^2 + \epsilon}}",
            "Ba, Kiros and Hinton 2016",
        ),
        "residual": Concept(
            _("Residual connection"),
            _("A shortcut that adds a layer's input to its output. It lets gradients pass deep networks."),
            "y = x + f(x)",
            "He et al. 2016",
        ),
        "hidden_space": Concept(
            _("Hidden space"), _("The points as a hidden layer sees them: one axis for each of its units.")
        ),
        "pca": Concept(
            _("PCA"),
            _(
                "Principal component analysis finds the flat view in which points with many numbers spread "
                "most."
            ),
            source="Pearson 1901; Hotelling 1933",
        ),
    },
    _("Training"): {
        "epoch": Concept(_("Epoch"), _("One pass through all training points.")),
        "batch": Concept(
            _("Batch"), _("The points that one update looks at. Small ones make quick, unsteady steps.")
        ),
        "update": Concept(
            _("Update"), _("One change of all weights, made after each batch; also called a step.")
        ),
        "loss": Concept(_("Loss"), _("How wrong the network is, as one number. Training makes it small.")),
        "gradient": Concept(
            _("Gradient"),
            _("For each weight, how fast the loss would grow if the weight grew."),
            r"g = \frac{\partial L}{\partial w}",
        ),
        "gradient_descent": Concept(
            _("Gradient descent"),
            _("To go downhill on the loss: small steps against the gradient, again and again."),
            r"w \leftarrow w - \eta\,g",
            "Cauchy 1847",
        ),
        "backpropagation": Concept(
            _("Backpropagation"),
            _("From the loss back through all layers: each tells the one before how much it was to blame."),
            r"\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y}\,\frac{\partial y}{\partial x}",
            "Linnainmaa 1970; Rumelhart, Hinton and Williams 1986",
        ),
        "learning_rate": Concept(
            _("Learning rate"),
            _("The size of the steps. Too small is slow; too large leaps over the goal or blows up."),
        ),
        "optimizer": Concept(_("Optimizer"), _("The rule that turns gradients into steps.")),
        "schedule": Concept(_("Schedule"), _("A plan for how the learning rate changes during a run.")),
        "warm_up": Concept(
            _("Warm-up"),
            _("A few epochs at the start in which the learning rate rises."),
            source="Goyal et al. 2017",
        ),
        "vanishing_gradient": Concept(
            _("Vanishing gradient"),
            _("The gradient shrinks from layer to layer on its way back, so the first layers hardly learn."),
            source="Hochreiter 1991",
        ),
        "exploding_gradient": Concept(
            _("Exploding gradient"),
            _("The gradient grows without bound, and a single step throws the weights far away."),
            source="Bengio, Simard and Frasconi 1994",
        ),
        "clipping": Concept(
            _("Gradient clipping"),
            _("To shorten gradients that are longer than a bound."),
            r"g \leftarrow g \cdot \min\left(1, \frac{c}{\lVert g \rVert}\right)",
            "Pascanu, Mikolov and Bengio 2013",
        ),
        "saturation": Concept(
            _("Saturation"),
            _("A unit sits where its activation is flat, so changing its weights changes almost nothing."),
            source="LeCun et al. 1998",
        ),
        "dead_relu": Concept(
            _("Dead ReLU"),
            _("A ReLU unit whose sum is negative for every point: it gives out 0 and gets no gradient."),
            source="Maas, Hannun and Ng 2013",
        ),
        "update_ratio": Concept(
            _("Update ratio"),
            _("How large a step is in proportion to the weights. About one in a thousand is sound."),
            r"\frac{\lVert \Delta w \rVert}{\lVert w \rVert}",
            "Karpathy 2015",
        ),
        "divergence": Concept(_("Divergence"), _("The loss grows until the numbers are no longer finite.")),
        "plateau": Concept(_("Plateau"), _("A stretch of a run in which the loss hardly falls.")),
        "seed": Concept(
            _("Seed"),
            _("The number all chance comes from. With the same seed a run can be repeated exactly."),
        ),
    },
    _("Generalisation"): {
        "generalisation": Concept(
            _("Generalisation"), _("To be right on new points, and not just on those learnt from.")
        ),
        "overfitting": Concept(
            _("Over-fitting"), _("Getting better on the training points while getting worse on new ones.")
        ),
        "underfitting": Concept(
            _("Under-fitting"), _("Being bad even on the training points, with no progress.")
        ),
        "memorising": Concept(
            _("Memorising"),
            _("Learning single points by heart instead of a rule that holds for others."),
            source="Zhang et al. 2017",
        ),
        "early_stopping": Concept(
            _("Early stopping"),
            _("To end a run when the test loss no longer falls, and go back to its best moment."),
            source="Prechelt 1998",
        ),
        "regularisation": Concept(
            _("Regularisation"), _("Anything that holds a network back from fitting its points too closely.")
        ),
        "l1": Concept(
            _("L1"),
            _("A constant pull of every weight to 0. Many come near and hover: a step carries them past it."),
            r"L + \lambda \sum |w|",
            "Tibshirani 1996",
        ),
        "l2": Concept(
            _("L2"),
            _("A pull of every weight to 0 in proportion to it; it keeps all of them small."),
            r"L + \frac{\lambda}{2} \sum w^2",
            "Hoerl and Kennard 1970",
        ),
        "weight_decay": Concept(
            _("Weight decay"),
            _("Shrinking every weight a little at each step, apart from the gradient."),
            r"w \leftarrow w - \eta\lambda\,w",
            "Loshchilov and Hutter 2019",
        ),
        "max_norm": Concept(
            _("Max norm"),
            _("A bound for the length of all the weights into a unit."),
            r"\lVert w \rVert \le c",
            "Srivastava et al. 2014",
        ),
        "dropout": Concept(
            _("Dropout"),
            _("Switching off a random part of the units in every step, so that no unit can rely on another."),
            source="Srivastava et al. 2014",
        ),
        "label_smoothing": Concept(
            _("Label smoothing"),
            _(
                "Aiming at a little less than certainty, so that the network does not become too sure of "
                "itself."
            ),
            r"t' = (1 - s)\,t + \frac{s}{K}",
            "Szegedy et al. 2016",
        ),
        "input_noise": Concept(
            _("Input noise"),
            _("Small random shifts of the inputs in training, which blur what could be memorised."),
            source="Bishop 1995",
        ),
    },
    _("Measures"): {
        "accuracy": Concept(_("Accuracy"), _("The part of the points that come out right.")),
        "confidence": Concept(_("Confidence"), _("How sure the network is of its answer, from 0 to 1.")),
        "confusion_matrix": Concept(
            _("Confusion matrix"),
            _("A table of true classes against answers: what is off the diagonal was confused."),
        ),
        "precision": Concept(
            _("Precision"),
            _("Of the points that were given a class, the part that belongs to it."),
            r"\frac{TP}{TP + FP}",
        ),
        "recall": Concept(
            _("Recall"),
            _("Of the points that belong to a class, the part that was given it."),
            r"\frac{TP}{TP + FN}",
        ),
        "f1": Concept(
            _("F1"),
            _("Precision and recall in one number; it is only high when both are."),
            r"\frac{2 \cdot \text{precision} \cdot \text{recall}}{\text{precision} + \text{recall}}",
            "van Rijsbergen 1979",
        ),
        "roc": Concept(
            _("ROC curve"),
            _("How many points of a class are found, and how many false ones too, as the threshold moves."),
            source="Fawcett 2006",
        ),
        "auc": Concept(
            _("AUC"),
            _(
                "The area under the ROC curve: the chance that a point of the class scores above one of the "
                "others."
            ),
            source="Hanley and McNeil 1982",
        ),
        "calibration": Concept(
            _("Calibration"),
            _("Whether confidence is honest: of the answers with 80\u00a0%, 80\u00a0% should be right."),
            source="Guo et al. 2017",
        ),
        "entropy": Concept(
            _("Entropy"),
            _("How undecided an answer is: 0 when it is certain, largest when all classes get equal shares."),
            r"H = -\sum_k p_k \ln p_k",
            "Shannon 1948",
        ),
    },
}
