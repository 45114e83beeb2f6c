// Small parts that the toolbar and the panels share.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} [className]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, className) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return element;
}

/**
 * A menu; options are [value, text] pairs, and `changed` gets the value as it was given.
 * @template {string | number} T
 * @param {string} testid
 * @param {string} label
 * @param {[T, string][]} options
 * @param {T} chosen
 * @param {(value: T) => void} changed
 */
export function select(testid, label, options, chosen, changed) {
  const menu = make("select", "choice");
  menu.dataset.testid = testid;
  menu.title = label;
  menu.setAttribute("aria-label", label);
  for (const [value, text] of options) menu.append(new Option(text, String(value), value === chosen, value === chosen));
  menu.onchange = () => changed(options[menu.selectedIndex][0]);
  return menu;
}

/**
 * Lets a mouse act as soon as it presses: what the press before brings may arrive before the mouse lets go, and move
 * or replace the button meanwhile. A finger may be about to scroll, and keys only click.
 * @param {HTMLButtonElement} button
 * @param {() => void} pressed
 */
export function actOnPress(button, pressed) {
  let done = false;
  button.onpointerdown = ({ pointerType, button: which }) => {
    done = pointerType === "mouse" && which === 0;
    if (done) pressed();
  };
  button.onclick = (event) => {
    event.stopPropagation();
    if (!done || event.detail === 0) pressed();
    done = false;
  };
}

/**
 * A small text button in a panel's header.
 * @param {string} text
 * @param {string} label
 * @param {(() => void) | null} pressed
 */
export function button(text, label, pressed) {
  const made = make("button", "switch");
  made.type = "button";
  made.textContent = text;
  made.title = label;
  made.setAttribute("aria-label", label);
  made.onclick = pressed;
  return made;
}
