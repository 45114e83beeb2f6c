// The entry: puts players into Streamlit's page, or one into a page of its own.

import { readHeader } from "./packet.js";
import { Player } from "./player.js";

const ORPHAN_MS = 3000;

let plotly;

/** Loads Plotly once, from our own server. */
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

/** Shows a recording in a page without a server: one packet with a scene and all its frames. Nothing trains. */
export function replay(element, packet, plotlyUrl) {
  const player = new Player(element, () => {}, loadPlotly(plotlyUrl));
  element.classList.add("replay");
  Object.assign(player.actions, { reset: player.actions.start, seed: () => {}, stride: () => {} });
  player.accept(packet);
}

const players = new WeakMap();
let orphan = null; // a player whose place has just gone; Streamlit may put up another place for it

/** Called by Streamlit for every message to this place in the page. */
export function render({ parentElement, data, setTriggerValue }, plotlyUrl) {
  let player = players.get(parentElement);
  let adopted = null;
  if (!player) {
    adopted = adopt(data);
    player = adopted ?? new Player(document.createElement("div"), setTriggerValue, loadPlotly(plotlyUrl));
    parentElement.append(player.root);
    players.set(parentElement, player);
  }
  player.link.send = setTriggerValue;
  player.accept(data);
  if (adopted) player.link.repeat();
  return () => {
    players.delete(parentElement);
    abandon(player);
  };
}

/** Takes a player out of the page; it waits a while for another place that shows the same run. */
function abandon(player) {
  player.root.remove();
  player.link.send = () => {};
  orphan?.close();
  orphan = player;
  player.closing = setTimeout(() => {
    player.close();
    if (orphan === player) orphan = null;
  }, ORPHAN_MS);
}

/** The player that has lost its place, if these data are of its run. */
function adopt(data) {
  const player = orphan;
  if (!player) return null;
  clearTimeout(player.closing);
  orphan = null;
  if (readHeader(data).header.run === player.run) return player;
  player.close();
  return null;
}
