"""All that a visitor reads and hears in the player, as far as it has bypassed the seam for translation. With
PLAYGROUND_LANGUAGE=pseudo, which puts brackets around what has passed, `python -m tests.browser.pseudo`
prints the rest. In a process of its own, as a process has one language.
"""

import re
import sys
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from playground.labs.one_step.lab import BASE
from playground.panels.library import LIBRARY
from scripts.find_browser import FLAGS, find_installed
from tests.browser.bench import Bench, serving
from tests.browser.driver import Player

BATCHES = BASE.to_query() | {"optimizer": "amsgrad", "view": "run", "samples": "all", "pick": "w2.1.1"}
# Beside the main page: a regression, the phases of an update, batches in formulas, a race on a surface.
OTHERS = (
    "/?dataset=reg-plane",
    "/one_step?pick=w1.1.1",
    f"/one_step?{urlencode(BATCHES)}",
    "/optimizers",
)

# What has words but is in no language: functions in formulas.
NAMES = {"sin", "cos", "tanh", "exp", "ln", "max", "min", "clip", "sign"}

# Every text of the player now, a sentence with parts in bold as one, letters of formulas one by one; and what
# canvases hold.
READ = """() => {
  const player = document.querySelector('[data-testid="player"]');
  const isInline = (element) =>
    !(element instanceof SVGTextElement) && getComputedStyle(element).display.startsWith("inline") &&
    !element.matches("button, select, sub, sup, .symbol i");
  const whole = (element) =>
    element !== player && isInline(element) ? whole(element.parentElement) : element;
  const texts = new Map();
  const walker = document.createTreeWalker(player, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const block = whole(walker.currentNode.parentElement);
    if (block.matches("style, script")) continue;
    texts.set(block, (texts.get(block) ?? "") + walker.currentNode.data);
  }
  const found = [...texts.values(), ...window.written];
  for (const name of ["aria-label", "aria-valuetext", "title", "placeholder"])
    for (const element of player.querySelectorAll(`[${name}]`)) found.push(element.getAttribute(name));
  return found;
}"""

# Canvases cannot be read: what they are given is noted.
NOTE = """
window.written = new Set();
const fillText = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
  window.written.add(text);
  return fillText.call(this, text, ...place);
};
"""


def outside(text: str) -> str:
    """What stands outside brackets; of a text that was cut, all behind its open bracket is inside."""
    depth, left = 0, []
    for letter in text:
        depth = max(0, depth + (letter == "⟦") - (letter == "⟧"))
        left.append(letter if depth == 0 and letter != "⟧" else " ")
    return "".join(left)


def bypassed(text: str) -> list[str]:
    """The words of two or more letters outside brackets, but for names."""
    return [word for word in re.findall(r"[A-Za-zÀ-ÖØ-öø-ÿ]{2,}", outside(text)) if word not in NAMES]


def on_the_main_page(bench: Bench) -> Iterator[str]:
    """The player under several links, and what opens when something is pressed in it; read after each."""
    page = bench.page
    player = paused(bench, f"/?panels={'~'.join(LIBRARY)}&layers=3-tanh~2-relu")
    yield "all panels"
    unit = page.get_by_test_id("unit-3")
    unit.hover()
    yield "the card of a unit"
    unit.click()
    page.get_by_test_id("network-editor-value").fill("a lot")
    yield "the editor"
    page.keyboard.press("Escape")
    page.get_by_test_id("view-edges").select_option(index=1)
    page.get_by_test_id("view-trace").click()
    page.get_by_test_id("trace-card").get_by_role("table").first.wait_for(state="attached")
    yield "a prediction trace"
    page.keyboard.press("Escape")
    player.part("share").select_option("link")
    yield "the link was copied"
    player.part("share").select_option("csv")
    yield "a file is made"
    player.part("stride").select_option("0")
    player.part("step").click()
    player.wait_for("state === 'paused' && frame > 0")
    player.part("step").click()
    yield "single updates"
    page.get_by_test_id("units-1-more").click()
    page.get_by_test_id("player-earlier").wait_for()
    yield "an earlier run"
    page.get_by_test_id("brush-open").click()
    page.get_by_test_id("brush-clear").wait_for()
    page.get_by_test_id("brush-stage").focus()
    yield "drawing tools"


def under(bench: Bench, *links: str) -> Iterator[str]:
    """The player under each of several links."""
    for link in links:
        paused(bench, link)
        yield link


def paused(bench: Bench, link: str) -> Player:
    """The player under a link, with Plotly's figures."""
    player = bench.open(link)
    player.pause()
    bench.page.wait_for_function(
        "() => [...document.querySelectorAll('.plot')].every((each) => each.querySelector('svg'))"
    )
    return player


def main() -> None:
    """Print each text with words that have bypassed the seam, and where it is seen."""
    with serving() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_installed(), chromium_sandbox=False, args=FLAGS
        )
        page = browser.new_context(base_url=url).new_page()
        page.add_init_script(NOTE)
        page.on("pageerror", lambda error: sys.stdout.write(f"error: {error.stack}\n"))
        bench = Bench(page)
        seen: set[str] = set()
        for where in chain(on_the_main_page(bench), under(bench, *OTHERS)):
            for text in page.evaluate(READ):
                if text not in seen and bypassed(text):
                    sys.stdout.write(f"{where}: {' '.join(text.split())}\n")
                seen.add(text)
        inside = sum("⟦" in text for text in seen)
        sys.stdout.write(f"{inside} texts have passed.\n")
        browser.close()


if __name__ == "__main__":
    main()
