"""The player beside Streamlit's own page: what core/host.js keeps apart."""

import warnings

from playwright.sync_api import Page

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.driver import Player, sent_by


def test_r_resets_the_run_and_does_not_run_the_page_again(page: Page) -> None:
    with sent_by(page) as sent:
        player = Player(page).open()
        player.wait_for("frames > 30")
        player.look([20])
        player.wait_for_repaints()
        sent.clear()
        player.press("r")
        player.wait_for("frame == 0 && frames > 1 && state === 'paused'")
        player.wait_for_repaints()
    asked = [BackMsg.FromString(message) for message in sent]
    runs = [message.rerun_script for message in asked if message.HasField("rerun_script")]
    assert runs
    assert all(run.fragment_id for run in runs), "of the player alone"
