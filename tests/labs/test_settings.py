"""Every lab's settings as a description: paths, link and JSON."""

import pytest

from playground.labs.building_blocks.lab import LAB as BUILDING_BLOCKS
from playground.labs.framework.lab import Lab
from playground.labs.one_step.lab import LAB as ONE_STEP
from playground.labs.optimizers.lab import LAB as OPTIMIZERS
from playground.labs.overfitting.lab import LAB as OVERFITTING
from playground.labs.vanishing_gradients.lab import LAB as VANISHING_GRADIENTS
from playground.training import ExperimentError

OPENED = [
    (BUILDING_BLOCKS, {"topic": "schedules", "schedules": "step~cosine", "peak": "0.25"}),
    (ONE_STEP, {"view": "run", "pick": "u1.2"}),
    (OPTIMIZERS, {"start": "1.5~-0.5", "racers": "sgd-0.03~adam-0.1-beta1:0.8", "learners": "lion"}),
    (OVERFITTING, {"remedies": "none~l1", "l1_rate": "1e-05"}),
    (
        VANISHING_GRADIENTS,
        {"networks": "3x4-tanh-zeros-residual~30x64-relu-he_normal-layer_norm-clip1.5"},
    ),
]
every_lab = pytest.mark.parametrize(("lab", "link"), OPENED, ids=[lab.name for lab, _ in OPENED])


@every_lab
def test_link_and_json_give_the_same_settings(lab: Lab, link: dict[str, str]) -> None:
    settings = lab.settings.from_query(link)
    assert settings.to_query() == link
    assert settings != lab.settings()
    for each in (settings, lab.settings()):
        assert lab.settings.from_json(each.to_json()) == each
    with pytest.raises(ExperimentError, match="The link's key 'lr' is unknown"):
        lab.settings.from_query({"lr": "0.1"})


@every_lab
def test_every_path_leads_to_a_value_that_can_be_set(lab: Lab, link: dict[str, str]) -> None:
    settings = lab.settings.from_query(link)
    for path, setting in settings.fields().items():
        assert setting.path == path
        changed = settings.replace(path, settings.get(path))
        assert changed.get(path) == settings.get(path)
