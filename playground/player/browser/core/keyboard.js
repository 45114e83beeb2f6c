// The keyboard: works while the player or the page's body has the focus, never while somebody types or uses a control.

import { keepFromHost } from "./host.js";

const KEYS = {
  " ": "play",
  ArrowRight: "step",
  ArrowLeft: "back",
  Home: "start",
  End: "end",
  r: "reset",
  n: "seed",
};

/**
 * offers(name): whether the action can be pressed at all.
 * @param {HTMLElement} root
 * @param {Record<string, () => void>} actions
 * @param {(name: string) => boolean} offers
 * @returns {() => void} stops it
 */
export function listen(root, actions, offers) {
  const handler = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!name || !mayHandle(root, event.target, event.key)) return;
    event.preventDefault();
    keepFromHost(event);
    if (!offers(name)) return;
    if (!event.repeat || name === "step" || name === "back") actions[name]();
  };
  document.addEventListener("keydown", handler, true);
  return () => document.removeEventListener("keydown", handler, true);
}

/**
 * @param {HTMLElement} root
 * @param {EventTarget | null} target
 * @param {string} key
 */
function mayHandle(root, target, key) {
  if (!(target instanceof Element)) return false;
  if (target === document.body) return true;
  if (!root.contains(target) || target.closest("form, [role=application]")) return false;
  if (target.matches("select, textarea, [contenteditable], input:not([type=range])")) return false;
  return !(key === " " && target.matches("button, [role=button]")); // Space presses the button it is on
}
