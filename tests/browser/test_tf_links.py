"""Links of TensorFlow Playground, opened as they are in ten years of slides: its numbers, and its wishes."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import Bench
from tests.browser.driver import Player, choose_tab, no_traceback, unfold

RUNS = json.loads((Path(__file__).parents[1] / "data" / "tf_playground_runs.json").read_text("utf-8"))
EPOCH = 10
# Goes to the start, again and again until the run of the link has come and stands there with these losses.
BEGINS = """(losses) => {
  const part = (name) => document.querySelector(`[data-testid="${name}"]`);
  const timeline = part("player-timeline");
  timeline.value = 0;
  timeline.dispatchEvent(new Event("input", { bubbles: true }));
  const shown = Array.from(part("panel-loss").querySelectorAll(".number b"), (each) => each.textContent);
  return JSON.stringify(shown) === JSON.stringify(losses);
}"""


def link(run: dict) -> str:
    """The part of its address from # on with which the original shows a recorded run."""
    regression = run["kind"].startswith("reg-")
    keys = {
        "activation": run["act"],
        "regularization": run["reg"] or "none",
        "regularizationRate": run["rate"],
        "batchSize": run["batch"],
        "regDataset" if regression else "dataset": run["kind"],
        "problem": "regression" if regression else "classification",
        "learningRate": run["lr"],
        "noise": run["noise"],
        "networkShape": ",".join(map(str, run["shape"])),
        "seed": run["seed"],
        "percTrainData": run["perc"],
        **dict.fromkeys(run["feats"], "true"),
    }
    return "#" + "&".join(f"{name}={value}" for name, value in keys.items())


@pytest.mark.parametrize(
    "chosen",
    [{"kind": "circle", "reg": "L1"}, {"kind": "reg-plane"}, {"kind": "xor", "batch": 7}],
    ids=["a penalty", "regression", "odd batches"],
)
def test_a_recorded_run_has_its_losses(bench: Bench, chosen: dict) -> None:
    run = next(run for run in RUNS if chosen.items() <= run.items())
    losses = {int(epoch): [f"{loss:.4f}" for loss in both] for epoch, both in run["loss"].items()}
    player = bench.open(f"/{link(run)}")
    bench.page.wait_for_url("**rules=tf_playground**")
    bench.page.wait_for_function(BEGINS, arg=losses[0])
    player.wait_anew(frames=EPOCH)
    for epoch in (1, EPOCH):
        player.look([epoch])
        expect(player.part("epoch")).to_have_text(f"Epoch {epoch}")
        expect(player.panel("loss").locator(".number b")).to_have_text(losses[epoch])


def test_what_a_link_hides_is_not_there(page: Page) -> None:
    hidden = ("dataset", "noise", "percTrainData", "activation", "numHiddenLayers", "learningRate")
    keys = [f"{name}_hide=true" for name in (*hidden, "stepButton", "resetButton", "discretize")]
    player = Player(page).open(f"/#dataset=xor&seed=0.1&{'&'.join(keys)}")
    page.wait_for_url("**hide=**")
    player.wait_for("state === 'playing' && frame > 3")
    shown = page.get_by_test_id("stSidebar")
    choose_tab(page, "Data")
    unfold(page, "More about the data")
    expect(shown.get_by_role("spinbutton", name="Points", exact=True)).to_be_visible()
    expect(shown.get_by_role("group", name="Wrong labels")).to_be_visible()
    expect(shown.get_by_role("combobox", name="Dataset", exact=True)).to_have_count(0)
    for name in ("Noise", "Training share"):
        expect(shown.get_by_role("group", name=name, exact=True)).to_have_count(0)
    choose_tab(page, "Network")
    expect(shown.get_by_role("combobox", name="Initial weights", exact=True)).to_be_visible()
    expect(shown.get_by_role("combobox", name="Activation, layer 1", exact=True)).to_have_count(0)
    expect(shown.get_by_role("group", name="Hidden layers", exact=True)).to_have_count(0)
    choose_tab(page, "Training")
    expect(shown.get_by_role("combobox", name="Optimizer", exact=True)).to_be_visible()
    expect(shown.get_by_role("group", name="Learning rate", exact=True)).to_have_count(0)
    for name, visible in (("play", True), ("end", True), ("back", False), ("step", False), ("reset", False)):
        expect(player.part(name)).to_be_visible(visible=visible)
    expect(page.get_by_test_id("view-points")).to_be_visible()
    expect(page.get_by_test_id("view-surface")).to_have_count(0)
    no_traceback(page)
