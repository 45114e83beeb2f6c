"""One thing at a time with a run: what Streamlit starts in another thread waits for what is under way."""

from threading import Event, Thread

from playground.panels.timeline import timeline
from playground.player.packet import Channel, decode
from playground.player.run import Run
from playground.player.scene import ChannelSource, Scene
from tests.ui.watching import PER_EPOCH, SMALL


def scene_with(name: str, measure):
    """A maker of scenes that have one channel of their own."""

    def make(trainers) -> Scene:
        return Scene("lab", [], [*timeline(trainers[0]), ChannelSource(Channel(name, "f8"), measure)], {})

    return make


def test_another_scene_waits_for_the_answer_under_way() -> None:
    inside, go = Event(), Event()

    def slow(moment) -> float:
        if moment.frame.update >= 100 * PER_EPOCH:
            inside.set()
            go.wait(5)
        return 1.0

    run = Run([SMALL], scene_with("slow", slow))
    far = {"kind": "frames", "run": run.id, "id": 1, "after": 100 * PER_EPOCH, "count": 1, "stride": 1}
    answering = Thread(target=run.answer, args=[far])
    answering.start()
    assert inside.wait(5)
    other = Thread(target=run.show, args=[scene_with("quick", lambda moment: 2.0)])
    other.start()
    other.join(0.3)
    assert other.is_alive(), "it waits"
    assert run.scene.channels[-1].name == "slow"
    go.set()
    answering.join(5)
    other.join(5)
    header, columns = decode(run.packet, run.scene.channels)
    assert header["scene"]
    assert set(columns["quick"]) == {2.0}
