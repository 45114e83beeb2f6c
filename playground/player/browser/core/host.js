// All that rests on private parts of Streamlit's page: tests/browser/test_connection.py and test_host.py fail where
// an upgrade changes them. The look of the page around the player is in ui/chrome/page.css.

/** Streamlit covers the page with a dialog when its connection breaks; the frames held here can still be played. */
export function closeConnectionError() {
  for (const dialog of document.querySelectorAll('[role="dialog"]')) {
    if (!/connection/i.test(dialog.textContent)) continue;
    /** @type {HTMLElement | null} */
    const close = dialog.querySelector('button[aria-label="Close"]');
    close?.click();
  }
}

/**
 * Keeps a key that is the player's from Streamlit, which would run the page again on R.
 * @param {KeyboardEvent} event of a listener that hears it first
 */
export function keepFromHost(event) {
  event.stopImmediatePropagation();
}
