"""A film: frames are worked out once, when they are asked for, and come again the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
import pytest

from playground.limits import MAX_FILM_FRAMES
from playground.player.film import Film, film_clock
from playground.player.packet import Channel, decode
from playground.player.scene import ChannelSource, Scene

OPENING_FRAMES = 12
SCENE = Scene(
    layout="lab",
    panels=[],
    measured=[*film_clock(), ChannelSource(Channel("square", "f8"), lambda still: still.index**2)],
    themes={},
    clock="Step {square:count}",
    rate=5,
)


@dataclass(frozen=True)
class Square:
    index: int


class Made:
    """Moments, and how many of them were made."""

    def __init__(self, most: int | None = None) -> None:
        self.made = 0
        self._most = most

    def __iter__(self) -> Iterator[Square]:
        for index in range(self._most) if self._most is not None else count():
            self.made += 1
            yield Square(index)


def ask(film: Film, after: int, count: int = 10, **other) -> tuple[dict, dict[str, np.ndarray]]:
    film.answer({"kind": "frames", "run": film.id, "id": 7, "after": after, "count": count, **other})
    return seen(film)


def seen(film: Film) -> tuple[dict, dict[str, np.ndarray]]:
    return decode(film.packet, film.scene.channels)


def begun(moments: Made, key: str = "key") -> Film:
    film = Film(SCENE, moments)
    film.begin(key)
    return film


def test_it_opens_with_its_scene_and_first_frames() -> None:
    header, columns = seen(begun(Made(5)))
    assert header["scene"]["film"] is True
    assert (header["scene"]["clock"], header["scene"]["rate"]) == ("Step {square:count}", 5)
    assert columns["update"].tolist() == columns["epoch"].tolist() == [0, 1, 2, 3, 4]
    assert columns["square"].tolist() == [0, 1, 4, 9, 16]
    assert header["ended"]["update"] == 4
    assert header["ended"]["reason"]


def test_frames_are_worked_out_once_and_come_again_the_same() -> None:
    moments = Made()
    film = begun(moments)
    first = moments.made
    assert first == OPENING_FRAMES, "no more than the opening needs"
    header, columns = ask(film, first - 1)
    assert header["answer"] == 7
    assert header["ended"] is None
    assert columns["update"].tolist() == list(range(first, first + 10))
    again = ask(film, 2)[1]
    assert again["square"].tolist() == [k**2 for k in range(3, 13)]
    assert moments.made == first + 10


def test_the_last_frame_ends_it_and_nothing_follows() -> None:
    film = begun(Made(60))
    header, columns = ask(film, 45, 60)
    assert columns["update"].tolist() == list(range(46, 60))
    assert header["ended"]["update"] == 59
    header, columns = ask(film, 59)
    assert header["ended"]["update"] == 59
    assert columns == {}


def test_it_is_bounded() -> None:
    moments = Made()
    film = begun(moments)
    last = 0
    while True:
        header, _ = ask(film, last, 60)
        if header["ended"]:
            break
        last += header["count"]
    assert header["ended"]["update"] == MAX_FILM_FRAMES - 1
    assert moments.made == MAX_FILM_FRAMES


@pytest.mark.parametrize(
    "request_",
    [
        None,
        5,
        {},
        {"kind": "frames", "run": "another", "id": 1, "after": 0, "count": 1},
        {"kind": "frames", "id": 1, "after": 0, "count": 1},
    ],
)
def test_a_request_without_sense_changes_nothing(request_: object) -> None:
    film = begun(Made(3))
    before = film.packet
    film.answer(request_)
    assert film.packet is before


@pytest.mark.parametrize("bad", [-1, True, "1", 1.5, None])
def test_numbers_without_sense_change_nothing(bad: object) -> None:
    film = begun(Made())
    before = film.packet
    ask(film, bad)
    ask(film, 1, bad)
    assert film.packet is before


def test_a_player_can_go_on_with_another_servers_film_of_the_same_settings() -> None:
    prints = [seen(begun(Made(), key))[0]["fingerprint"] for key in ("a", "a", "b", "", "")]
    assert prints[0] == prints[1]
    assert len(set(prints)) == 4
    film = begun(Made(), "a")
    film.answer({"kind": "scene"})
    assert seen(film)[0]["fingerprint"] == prints[0]
