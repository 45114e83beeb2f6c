"""The player's place in a page that Streamlit runs without a browser."""

import re
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the test harness itself
    from streamlit.proto.BidiComponent_pb2 import BidiComponent

from tests.ui.app_test import AppTest


def shown_player(page: AppTest) -> BidiComponent:
    """What the page says of the only player in it."""
    protos = [block.proto for block in page.main if type(block).__name__ == "UnknownElement"]
    (component,) = [proto for proto in protos if isinstance(proto, BidiComponent)]
    return component


def lab_modules_asked_for(player: BidiComponent) -> list[str]:
    """The modules of labs that the page has the browser load with the player."""
    return re.findall(r"\blabs/[\w/]+\.js\b", player.js_content)
