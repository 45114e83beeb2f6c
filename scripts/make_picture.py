"""Makes the README's picture, docs/playground.gif: the live page playing the spiral, filmed in a browser.

    python -m scripts.make_picture

The browser shrinks its own screenshots and hands over their pixels, so no imaging library is needed.
"""

import base64
import sys
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from playground.export.gif import MOST_COLORS, encode_gif
from playground.training import PRESETS
from scripts.find_browser import FLAGS, find_or_install
from scripts.live_server import ROOT, LiveServer

TARGET = ROOT / "docs" / "playground.gif"
WINDOW = {"width": 1280, "height": 720}
SIZE = (800, 450)
EPOCHS = range(0, 100, 3)
DELAY, LAST_DELAY = 12, 200  # hundredths of a second

SHRINK = """async ([png, width, height]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  let text = "";
  for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
  return btoa(text);
}"""
SCRUB = """(frame) => {
  const timeline = document.querySelector('[data-testid=player-timeline]');
  timeline.value = frame;
  timeline.dispatchEvent(new Event('input'));
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def film(page: Page) -> list[np.ndarray]:
    """(H, W, 3) uint8 pictures of the page at EPOCHS."""
    pictures = []
    for epoch in EPOCHS:
        page.evaluate(SCRUB, epoch)
        page.wait_for_function(
            "e => document.querySelector('[data-testid=player]').dataset.epoch == e", arg=epoch
        )
        png = base64.b64encode(page.screenshot()).decode()
        pixels = base64.b64decode(page.evaluate(SHRINK, [png, *SIZE]))
        pictures.append(np.frombuffer(pixels, np.uint8).reshape(SIZE[1], SIZE[0], 4)[:, :, :3])
    return pictures


def few_colors(pictures: list[np.ndarray]) -> tuple[list[np.ndarray], list[str]]:
    """The pictures as indices into one palette: the commonest colours, for others the nearest of these."""
    coarse = [picture & 0xF8 for picture in pictures]
    codes = [c[..., 0].astype(int) << 16 | c[..., 1].astype(int) << 8 | c[..., 2] for c in coarse]
    found, counts = np.unique(np.concatenate([c.ravel() for c in codes]), return_counts=True)
    kept = np.sort(found[np.argsort(-counts, kind="stable")[:MOST_COLORS]])
    channels = np.array([16, 8, 0])
    distance = ((found[:, None, None] >> channels & 255) - (kept[None, :, None] >> channels & 255)) ** 2
    nearest = distance.sum(axis=2).argmin(axis=1).astype(np.uint8)
    indices = [nearest[np.searchsorted(found, c)] for c in codes]
    return indices, [f"#{code | 0x040404:06x}" for code in kept]


def main() -> None:
    query = "&".join(f"{key}={value}" for key, value in PRESETS["spiral"].experiment.to_query().items())
    log = Path(tempfile.mkdtemp()) / "server.log"
    with LiveServer(log) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_or_install(), args=FLAGS)
        page = browser.new_page(viewport=WINDOW, color_scheme="light")
        page.goto(f"{server.url}/?{query}")
        page.wait_for_function(
            "n => +document.querySelector('[data-testid=player]')?.dataset.frames > n", arg=EPOCHS[-1] + 1
        )
        page.get_by_test_id("player-play").click()
        indices, palette = few_colors(film(page))
        browser.close()
    delays = [DELAY] * (len(indices) - 1) + [LAST_DELAY]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(encode_gif(indices, palette, delays=delays))
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
