"""The network as code: what a visitor downloads runs by itself, and checks itself."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from playground.ui.main_page.exports import EXPORTS
from tests.browser.driver import Player

NETWORKS = {
    "default": {},
    "everything at once": {
        "dataset": "blobs",
        "inputs": "x~y~sin_x~radius",
        "layers": "6-relu-batch_norm~6-gelu-layer_norm-drop0.2~6-tanh",
        "residual": "true",
    },
    "regression": {"dataset": "reg-gauss", "layers": "5-leaky_relu"},
}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_numpy_code_gives_the_outputs_of_the_page(page: Page, name: str, tmp_path: Path) -> None:
    player = Player(page).open(f"/?{urlencode({'n': '60', **NETWORKS[name]})}")
    player.wait_for("frames > 10")
    player.look([7])
    with page.expect_download() as download:
        player.part("share").select_option("numpy")
    script = tmp_path / EXPORTS["numpy"].file
    download.value.save_as(script)
    assert "7 epochs" in script.read_text("utf-8")
    run = subprocess.run(
        [sys.executable, script.name], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    (difference,) = re.findall(r"Largest difference from the playground's outputs: (\S+)", run.stdout)
    assert float(difference) <= 1e-6
