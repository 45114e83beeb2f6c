"""For all tests of runs that are shown: a clock that stands still, and short openings."""

from collections.abc import Iterator

import pytest

from playground.player import film, run, track


def stop_clock(patch: pytest.MonkeyPatch) -> None:
    """Chunks end by their number of frames alone, so that tests do not depend on how fast a machine is."""
    for module in (film, run, track):
        patch.setattr(module, "perf_counter", lambda: 0.0)


@pytest.fixture(scope="module", autouse=True)
def steady_and_brief(request: pytest.FixtureRequest) -> Iterator[None]:
    """No chunk ends by the clock; a module may say how many frames an opening brings."""
    with pytest.MonkeyPatch.context() as patch:
        stop_clock(patch)
        for module in (film, run):
            patch.setattr(module, "OPENING_FRAMES", getattr(request.module, "OPENING_FRAMES", 1))
        yield
