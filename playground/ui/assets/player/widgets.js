// Small parts that the toolbar and the panels share.

export function make(tag, className) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return element;
}

/** A menu; options are [value, text] pairs, and `changed` gets the value as it was given. */
export function select(testid, label, options, chosen, changed) {
  const menu = make("select", "choice");
  menu.dataset.testid = testid;
  menu.title = label;
  menu.setAttribute("aria-label", label);
  for (const [value, text] of options) menu.append(new Option(text, value, value === chosen, value === chosen));
  menu.onchange = () => changed(options[menu.selectedIndex][0]);
  return menu;
}

/** A small text button in a panel's header. */
export function button(text, label, pressed) {
  const made = make("button", "switch");
  made.type = "button";
  made.textContent = text;
  made.title = label;
  made.setAttribute("aria-label", label);
  made.onclick = pressed;
  return made;
}
