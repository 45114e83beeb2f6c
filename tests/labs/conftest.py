"""The clock stands still here, and openings are short."""

from tests.player.steady import steady_and_brief  # noqa: F401 (a fixture that every test uses)
