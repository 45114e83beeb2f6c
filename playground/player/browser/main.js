// The entry: puts players into Streamlit's page, or one into a page of its own.

/** @import { Load, Plotly, Send } from "./types.d.ts" */

import { Player } from "./core/player.js";

const DETACHED_MS = 3000;

/** @type {Promise<Plotly>} */
let plotly;

/**
 * Loads Plotly once, from our own server.
 * @param {string} url
 */
function loadPlotly(url) {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("Plotly could not be loaded"));
    document.head.append(script);
  });
  return plotly;
}

/**
 * Shows a recording in a page without a server: one packet with a scene and all its frames. Nothing trains.
 * @param {HTMLElement} element
 * @param {Uint8Array<ArrayBuffer>} packet
 * @param {string} plotlyUrl
 */
export function replay(element, packet, plotlyUrl) {
  const player = new Player(element, () => {}, loadPlotly(plotlyUrl), nothingMore);
  element.classList.add("replay");
  Object.assign(player.actions, { reset: player.actions.start, seed: () => {}, stride: () => {} });
  player.receiver.accept(packet);
}

/** @type {Load} */
const nothingMore = (name) => Promise.reject(new Error(`A recording brings no ${name}.`));

/** @type {WeakMap<HTMLElement, Player>} */
const players = new WeakMap();
/** @type {{ player: Player, key: string } | null} */
let detached = null; // a player whose place has just gone; Streamlit may put up another place for it

/**
 * Called by Streamlit for every message to this place in the page; `key` names the place.
 * @param {{ parentElement: HTMLElement, key: string, data: Uint8Array<ArrayBuffer>, setTriggerValue: Send }} place
 * @param {string} plotlyUrl
 * @param {Load} load
 */
export function render({ parentElement, key, data, setTriggerValue }, plotlyUrl, load) {
  let player = players.get(parentElement);
  if (!player) {
    player = reattach(key) ?? new Player(document.createElement("div"), setTriggerValue, loadPlotly(plotlyUrl), load);
    parentElement.append(player.root);
    players.set(parentElement, player);
    player.connection.move(setTriggerValue);
  } else {
    player.connection.send = setTriggerValue;
  }
  player.receiver.accept(data);
  return () => {
    players.delete(parentElement);
    detach(player, key);
  };
}

/**
 * Takes a player out of the page; it waits a while for another place of the same key.
 * @param {Player} player
 * @param {string} key
 */
function detach(player, key) {
  player.root.remove();
  player.connection.send = () => {};
  detached?.player.close();
  detached = { player, key };
  player.closing = setTimeout(() => {
    player.close();
    if (detached?.player === player) detached = null;
  }, DETACHED_MS);
}

/**
 * The player that has lost its place, if it was of this key: with all it holds, and all it has to say.
 * @param {string} key
 */
function reattach(key) {
  if (!detached) return null;
  const { player, key: before } = detached;
  clearTimeout(player.closing);
  detached = null;
  if (key === before) return player;
  player.close();
  return null;
}
