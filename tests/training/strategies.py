"""Random valid Experiments, drawn from the declarations."""

from hypothesis import strategies as st

from playground.limits import MIN_OWN_POINTS
from playground.training import Experiment, ExperimentError, HiddenLayer
from playground.training.settings import settings_of
from tests.datasets.own_points import own_points


def values(setting):
    """Valid values of one setting."""
    if setting.kind == "int":
        return st.integers(int(setting.low), int(setting.high))
    if setting.kind == "float":
        return st.floats(setting.low, setting.high)
    if setting.kind == "bool":
        return st.booleans()
    if setting.kind == "choice":
        return st.sampled_from(list(setting.choices))
    if setting.kind == "subset":
        return st.lists(st.sampled_from(list(setting.choices)), min_size=1, unique=True)
    if setting.kind == "text":
        return st.text(st.characters(), min_size=1, max_size=int(setting.high)).filter(str.isprintable)
    if setting.kind == "points":
        return own_points(min_size=MIN_OWN_POINTS)
    layer = {name: values(field) for name, field in settings_of(HiddenLayer).items()}
    return st.lists(st.builds(HiddenLayer, **layer), max_size=int(setting.high))


@st.composite
def experiments(draw):
    """An Experiment with up to twelve fields changed one after the other."""
    experiment = Experiment()
    for _ in range(draw(st.integers(0, 12))):
        fields = {path: setting for path, setting in experiment.fields().items() if setting.kind != "options"}
        path = draw(st.sampled_from(sorted(fields)))
        try:
            experiment = experiment.replace(path, draw(values(fields[path])))
        except ExperimentError:
            continue  # a loss that does not go with the data
    return experiment
