"""What JavaScript is tested against is what Python gives today."""

import json

import pytest

from playground.player.packet import decode
from tests.player.browser.cases import CASES, CHANNELS, FOLDER, written


def kept(name: str) -> list[dict]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def without_bytes(cases: list[dict]) -> list[dict]:
    """Another zlib may find other bytes for the same body."""
    return [{name: value for name, value in case.items() if name != "hex"} for case in cases]


@pytest.mark.parametrize("name", CASES)
def test_the_kept_cases_are_those_of_today(name: str) -> None:
    today = json.loads(written(name))
    assert without_bytes(kept(name)) == without_bytes(today), "run: python -m tests.player.browser.cases"


def test_the_bytes_of_the_kept_packets_are_read_as_what_stands_beside_them() -> None:
    for case in kept("packets"):
        header, columns = decode(bytes.fromhex(case["hex"]), CHANNELS)
        assert header == case["header"]
        assert {name: values.ravel().tolist() for name, values in columns.items()} == case["columns"]


def test_each_tool_that_the_player_shows_at_once_is_among_the_strokes() -> None:
    tools = {entry["step"]["tool"] for case in kept("strokes") for entry in case["steps"]}
    assert tools == {"draw", "erase", "move", "relabel", "clear"}
