"""A lab's page as Streamlit runs it, without a browser."""

from collections.abc import Mapping

from streamlit.util import calc_hash

from playground.labs.framework.session import LabSession
from tests.ui.app_test import AppTest, app


def turn_to(page: AppTest, name: str) -> AppTest:
    """Have the next run show the page at this address: labs share a script, which is all that `switch_page`
    can turn to.
    """
    page._page_hash = calc_hash(name)
    return page


def open_page(lab: str, query: Mapping[str, str]) -> AppTest:
    """The page of a lab under an address."""
    page = turn_to(app(), lab)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def session(page: AppTest, *, lab: str) -> LabSession:
    return page.session_state[lab]


def address(page: AppTest) -> dict[str, str]:
    return {n: v[0] if isinstance(v, list) else v for n, v in page.query_params.items()}


def control(page: AppTest, kind: str, path: str, *, lab: str):
    """The widget of a setting, by its kind in AppTest."""
    (found,) = [each for each in page.get(kind) if each.key.startswith(f"{lab}:{path}:")]
    return found
