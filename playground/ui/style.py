"""The style around the player: no wasted space, so that a lab fits a projector without scrolling."""

STYLE = """<style>
.stMainBlockContainer { padding: 3.85rem 1rem 0.5rem; }
.stMain { overflow-x: hidden; }
.stMainBlockContainer > [data-testid="stVerticalBlock"] { gap: 0; }
.stMainBlockContainer .stAlert { margin-bottom: 0.5rem; }
section.stSidebar { min-width: 300px; }
.stSidebar [data-testid="stSidebarUserContent"] { padding-bottom: 2rem; }
.stSidebar [data-testid="stVerticalBlock"] { gap: 0.6rem; }
.st-key-topbar { position: fixed; top: 0.7rem; right: 4rem; z-index: 999991; width: auto; }
.st-key-topbar button { min-height: 2.1rem; padding: 0.1rem 0.7rem; }
.st-key-glossary { max-width: 56rem; margin: 0 auto; gap: 0.5rem; }
@media (max-width: 900px) {
  .st-key-topbar { position: static; flex-wrap: nowrap; overflow-x: auto; padding-bottom: 0.4rem; }
  .st-key-topbar button { white-space: nowrap; }
}
.stSidebar h3 { padding: 0.4rem 0 0; font-size: 1.05rem; }
</style>"""
