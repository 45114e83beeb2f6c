"""The style around the player, as text in the page itself: it must be there before the first picture."""

from pathlib import Path

STYLE = f"<style>{(Path(__file__).parent / 'page.css').read_text(encoding='utf-8')}</style>"
