"""For all tests of runs that are shown: a clock that stands still, and short openings."""

from collections.abc import Iterator

import pytest

from playground.player import film, run, track


@pytest.fixture(scope="module", autouse=True)
def steady_and_brief(request: pytest.FixtureRequest) -> Iterator[None]:
    """Chunks end by their number of frames alone, so that tests do not depend on how fast a machine is.

    A module may say how many frames an opening brings.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in (film, run, track):
            patch.setattr(module, "perf_counter", lambda: 0.0)
        for module in (film, run):
            patch.setattr(module, "OPENING_FRAMES", getattr(request.module, "OPENING_FRAMES", 1))
        yield
