"""Terms of the glossary that no menu offers: group -> name -> Concept."""

from typing import NamedTuple


class Concept(NamedTuple):
    """term: the word. text: one or two plain sentences. formula: LaTeX. source: who and when."""

    term: str
    text: str
    formula: str = ""
    source: str = ""


CONCEPTS: dict[str, dict[str, Concept]] = {
    "Data": {
        "classification": Concept("Classification", "To say which class a point belongs to."),
        "regression": Concept("Regression", "To say a number for a point, instead of a class."),
        "label": Concept("Label", "The right answer that comes with a point: its class, or its number."),
        "feature": Concept(
            "Feature",
            "A number that describes a point to the network, such as x². Good ones make hard tasks easy.",
        ),
        "training_set": Concept("Training set", "The points that a network learns from."),
        "test_set": Concept(
            "Test set",
            "Points that are kept from training, to see whether what was learnt holds for new ones.",
        ),
        "standardisation": Concept(
            "Standardisation",
            "To shift and scale an input so that its mean is 0 and its spread is 1.",
            r"x' = \frac{x - \mu}{\sigma}",
        ),
        "noise": Concept("Noise", "Random blur in the data that no network can foresee."),
        "label_noise": Concept("Wrong labels", "Training points whose label is not the true one."),
        "imbalance": Concept(
            "Class imbalance",
            "One class has far more points than another. Accuracy then says little about the rare one.",
        ),
        "decision_boundary": Concept(
            "Decision boundary",
            "The line in the picture at which the network's answer changes from one class to another.",
        ),
    },
    "Network": {
        "unit": Concept(
            "Unit",
            "The smallest part of a network, or neuron: it weighs its inputs, adds a bias and bends the sum.",
            r"y = f\left(\sum_i w_i x_i + b\right)",
            "McCulloch and Pitts 1943; Rosenblatt 1958",
        ),
        "weight": Concept("Weight", "How strongly, and with which sign, one unit counts for the next."),
        "bias": Concept("Bias", "A number added to a unit's sum: it shifts where the unit switches."),
        "layer": Concept("Layer", "Units side by side that see the same inputs."),
        "dense": Concept(
            "Dense layer",
            "A layer whose every unit sees every output of the layer before.",
            "y = x W + b",
            "Rosenblatt 1958",
        ),
        "hidden_layer": Concept("Hidden layer", "A layer between the inputs and the output."),
        "parameter": Concept("Parameter", "A number that training changes: a weight or a bias."),
        "activation_function": Concept(
            "Activation function",
            "The function that bends a unit's sum. Without it, layers could draw nothing but straight lines.",
        ),
        "initial_weights": Concept(
            "Initial weights",
            "The random weights a run begins with. Their size decides whether signals vanish or explode.",
        ),
        "symmetry": Concept(
            "Symmetry",
            "Units with equal weights get equal gradients and stay equal. Random first weights break it.",
            source="Rumelhart, Hinton and Williams 1986",
        ),
        "logit": Concept("Logit", "An output before it is turned into a probability: any number."),
        "softmax": Concept(
            "Softmax",
            "Turns a number for each class into shares between 0 and 1 that add up to 1.",
            r"\hat p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
            "Bridle 1990",
        ),
        "forward_pass": Concept("Forward pass", "From the inputs through all layers to the output."),
        "batch_norm": Concept(
            "Batch norm",
            "Brings each unit's sums to mean 0 and spread 1 over the batch, then lets training scale them.",
            r"\hat x = \frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}",
            "Ioffe and Szegedy 2015",
        ),
        "layer_norm": Concept(
            "Layer norm",
            "Like batch norm, but over the units of a layer, point by point.",
            r"\hat x = \frac{x - \mu_L}{\sqrt{\sigma_L^2 + \epsilon}}",
            "Ba, Kiros and Hinton 2016",
        ),
        "residual": Concept(
            "Residual connection",
            "A shortcut that adds a layer's input to its output. It lets gradients pass deep networks.",
            "y = x + f(x)",
            "He et al. 2016",
        ),
        "hidden_space": Concept(
            "Hidden space", "The points as a hidden layer sees them: one axis for each of its units."
        ),
        "pca": Concept(
            "PCA",
            "Principal component analysis finds the flat view in which points with many numbers spread most.",
            source="Pearson 1901; Hotelling 1933",
        ),
    },
    "Training": {
        "epoch": Concept("Epoch", "One pass through all training points."),
        "batch": Concept(
            "Batch", "The points that one update looks at. Small ones make quick, unsteady steps."
        ),
        "update": Concept("Update", "One change of all weights, made after each batch; also called a step."),
        "loss": Concept("Loss", "How wrong the network is, as one number. Training makes it small."),
        "gradient": Concept(
            "Gradient",
            "For each weight, how fast the loss would grow if the weight grew.",
            r"g = \frac{\partial L}{\partial w}",
        ),
        "gradient_descent": Concept(
            "Gradient descent",
            "To go downhill on the loss: small steps against the gradient, again and again.",
            r"w \leftarrow w - \eta\,g",
            "Cauchy 1847",
        ),
        "backpropagation": Concept(
            "Backpropagation",
            "From the loss back through all layers: each tells the one before how much it was to blame.",
            r"\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y}\,\frac{\partial y}{\partial x}",
            "Linnainmaa 1970; Rumelhart, Hinton and Williams 1986",
        ),
        "learning_rate": Concept(
            "Learning rate",
            "The size of the steps. Too small is slow; too large leaps over the goal or blows up.",
        ),
        "optimizer": Concept("Optimizer", "The rule that turns gradients into steps."),
        "schedule": Concept("Schedule", "A plan for how the learning rate changes during a run."),
        "warm_up": Concept(
            "Warm-up",
            "A few epochs at the start in which the learning rate rises.",
            source="Goyal et al. 2017",
        ),
        "vanishing_gradient": Concept(
            "Vanishing gradient",
            "The gradient shrinks from layer to layer on its way back, so the first layers hardly learn.",
            source="Hochreiter 1991",
        ),
        "exploding_gradient": Concept(
            "Exploding gradient",
            "The gradient grows without bound, and a single step throws the weights far away.",
            source="Bengio, Simard and Frasconi 1994",
        ),
        "clipping": Concept(
            "Gradient clipping",
            "To shorten gradients that are longer than a bound.",
            r"g \leftarrow g \cdot \min\left(1, \frac{c}{\lVert g \rVert}\right)",
            "Pascanu, Mikolov and Bengio 2013",
        ),
        "saturation": Concept(
            "Saturation",
            "A unit sits where its activation is flat, so changing its weights changes almost nothing.",
            source="LeCun et al. 1998",
        ),
        "dead_relu": Concept(
            "Dead ReLU",
            "A ReLU unit whose sum is negative for every point: it gives out 0 and gets no gradient.",
            source="Maas, Hannun and Ng 2013",
        ),
        "update_ratio": Concept(
            "Update ratio",
            "How large a step is in proportion to the weights. About one in a thousand is sound.",
            r"\frac{\lVert \Delta w \rVert}{\lVert w \rVert}",
            "Karpathy 2015",
        ),
        "divergence": Concept("Divergence", "The loss grows until the numbers are no longer finite."),
        "plateau": Concept("Plateau", "A stretch of a run in which the loss hardly falls."),
        "seed": Concept(
            "Seed", "The number all chance comes from. With the same seed a run can be repeated exactly."
        ),
    },
    "Generalisation": {
        "generalisation": Concept(
            "Generalisation", "To be right on new points, and not just on those learnt from."
        ),
        "overfitting": Concept(
            "Over-fitting", "Getting better on the training points while getting worse on new ones."
        ),
        "underfitting": Concept("Under-fitting", "Being bad even on the training points, with no progress."),
        "memorising": Concept(
            "Memorising",
            "Learning single points by heart instead of a rule that holds for others.",
            source="Zhang et al. 2017",
        ),
        "early_stopping": Concept(
            "Early stopping",
            "To end a run when the test loss no longer falls, and go back to its best moment.",
            source="Prechelt 1998",
        ),
        "regularisation": Concept(
            "Regularisation", "Anything that holds a network back from fitting its points too closely."
        ),
        "l1": Concept(
            "L1",
            "A constant pull of every weight to 0; it switches many weights off.",
            r"L + \lambda \sum |w|",
            "Tibshirani 1996",
        ),
        "l2": Concept(
            "L2",
            "A pull of every weight to 0 in proportion to it; it keeps all of them small.",
            r"L + \frac{\lambda}{2} \sum w^2",
            "Hoerl and Kennard 1970",
        ),
        "weight_decay": Concept(
            "Weight decay",
            "Shrinking every weight a little at each step, apart from the gradient.",
            r"w \leftarrow w - \eta\lambda\,w",
            "Loshchilov and Hutter 2019",
        ),
        "max_norm": Concept(
            "Max norm",
            "A bound for the length of all the weights into a unit.",
            r"\lVert w \rVert \le c",
            "Srivastava et al. 2014",
        ),
        "dropout": Concept(
            "Dropout",
            "Switching off a random part of the units in every step, so that no unit can rely on another.",
            source="Srivastava et al. 2014",
        ),
        "label_smoothing": Concept(
            "Label smoothing",
            "Aiming at a little less than certainty, so that the network does not become too sure of itself.",
            r"t' = (1 - s)\,t + \frac{s}{K}",
            "Szegedy et al. 2016",
        ),
        "input_noise": Concept(
            "Input noise",
            "Small random shifts of the inputs in training, which blur what could be memorised.",
            source="Bishop 1995",
        ),
    },
    "Measures": {
        "accuracy": Concept("Accuracy", "The part of the points that come out right."),
        "confidence": Concept("Confidence", "How sure the network is of its answer, from 0 to 1."),
        "confusion_matrix": Concept(
            "Confusion matrix",
            "A table of true classes against answers: what is off the diagonal was confused.",
        ),
        "precision": Concept(
            "Precision",
            "Of the points that were given a class, the part that belongs to it.",
            r"\frac{TP}{TP + FP}",
        ),
        "recall": Concept(
            "Recall",
            "Of the points that belong to a class, the part that was given it.",
            r"\frac{TP}{TP + FN}",
        ),
        "f1": Concept(
            "F1",
            "Precision and recall in one number; it is only high when both are.",
            r"\frac{2 \cdot \text{precision} \cdot \text{recall}}{\text{precision} + \text{recall}}",
            "van Rijsbergen 1979",
        ),
        "roc": Concept(
            "ROC curve",
            "How many points of a class are found, and how many false ones too, as the threshold moves.",
            source="Fawcett 2006",
        ),
        "auc": Concept(
            "AUC",
            "The area under the ROC curve: the chance that a point of the class scores above another.",
            source="Hanley and McNeil 1982",
        ),
        "calibration": Concept(
            "Calibration",
            "Whether the confidence is honest: of the answers with 80 % confidence, 80 % should be right.",
            source="Guo et al. 2017",
        ),
        "entropy": Concept(
            "Entropy",
            "How undecided an answer is: 0 when it is certain, largest when all classes get equal shares.",
            r"H = -\sum_k p_k \ln p_k",
            "Shannon 1948",
        ),
    },
}
