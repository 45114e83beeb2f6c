// What can be taken away: the link, files that the server makes, and pictures that the browser makes.

/** @import { Note, Plotly, Scene } from "../types.d.ts" */
/** @import { Stage } from "./stage.js" */

import { _ } from "../shared/text.js";

/**
 * Offers bytes as a file.
 * @param {string} name
 * @param {Blob} blob
 */
function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/**
 * A file from the server: {file, mime, data: base64}.
 * @param {Note} note
 */
export function receiveFile({ file, mime, data }) {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  download(file, new Blob([bytes], { type: mime }));
}

/**
 * What the share menu offers: [value, text] pairs, the first one the menu's own name. linked: whether there is a link.
 * @param {Scene} scene
 * @param {Stage} stage
 * @param {boolean} linked
 * @returns {[string, string][]}
 */
export function shareOptions(scene, stage, linked) {
  /** @type {[string, string][]} */
  const options = [["", _("Share")]];
  if (linked) options.push(["link", _("Copy the link")]);
  options.push(...scene.exports);
  for (const { panel, pictureTypes } of stage.pictures) {
    const [title] = panel.title.split(":");
    for (const type of pictureTypes) {
      const text = _("{panel} ({format})", { panel: title, format: type.toUpperCase() });
      options.push([`picture:${panel.id}:${type}`, text]);
    }
  }
  return options;
}

/**
 * Takes away what the visitor chose: the link is copied here, pictures of panels are made here, files by the server,
 * which `ask(format)` asks for one. What there is to say of it.
 * @param {string} format
 * @param {Stage} stage
 * @param {Plotly} Plotly
 * @param {(format: string) => void} ask
 */
export async function take(format, stage, Plotly, ask) {
  const [, id, type] = /^picture:(.+):(png|svg)$/.exec(format) ?? [];
  if (id) return savePicture(Plotly, stage.find(id), type);
  if (format === "link")
    return (await copyLink())
      ? _("The link is on the clipboard.")
      : _("Copy the address: {address}", { address: location.href });
  ask(format);
  return _("Making the file …");
}

/** Puts the address on the clipboard; true if the browser allows it. */
async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    return true;
  } catch {
    return false;
  }
}

/** Saves a panel as a picture, in one of its `pictureTypes`. */
async function savePicture(Plotly, panel, format) {
  try {
    const url = panel.plot ? await pictureOfFigure(Plotly, panel, format) : pictureOfGraph(panel);
    download(`${panel.panel.id}.${format}`, await (await fetch(url)).blob());
    return "";
  } catch (error) {
    console.error(error);
    return _("This browser could not make the picture; a screenshot shows the same.");
  }
}

/** A figure, its painted surface included. */
function pictureOfFigure(Plotly, panel, format) {
  const { figure, surface } = panel.panel;
  const layout = { ...panel.layout(), paper_bgcolor: panel.theme.colors.background };
  if (surface) {
    const [left, right] = layout.xaxis.range;
    const [bottom, top] = layout.yaxis.range;
    const place = { x: left, y: top, sizex: right - left, sizey: top - bottom, xref: "x", yref: "y" };
    const source = enlarged(panel.raster.canvas, 6);
    layout.images = [{ ...place, source, sizing: "stretch", layer: "below" }];
  }
  const data = panel.plot.data ?? figure.data;
  return Plotly.toImage({ data, layout }, { format, width: panel.width, height: panel.height, scale: 2 });
}

/** The network: its canvas, and the words that stand above it in the page. */
function pictureOfGraph({ canvas, stage, theme }) {
  const picture = document.createElement("canvas");
  [picture.width, picture.height] = [canvas.width, canvas.height];
  const context = picture.getContext("2d");
  context.fillStyle = theme.colors.background;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(canvas, 0, 0);
  const place = stage.getBoundingClientRect();
  const scale = canvas.width / place.width;
  [context.textAlign, context.textBaseline] = ["center", "middle"];
  for (const word of stage.querySelectorAll(".layer-label, .layer-note, .unit-label")) {
    const { x, y, width, height } = word.getBoundingClientRect();
    const { color, fontFamily, fontSize, fontWeight } = getComputedStyle(word);
    context.fillStyle = color;
    context.font = `${fontWeight} ${parseFloat(fontSize) * scale}px ${fontFamily}`;
    context.fillText(word.textContent, (x + width / 2 - place.x) * scale, (y + height / 2 - place.y) * scale);
  }
  return picture.toDataURL();
}

/** A small canvas made larger, as smoothly as the page shows it. */
function enlarged(canvas, times) {
  const large = document.createElement("canvas");
  large.width = canvas.width * times;
  large.height = canvas.height * times;
  large.getContext("2d").drawImage(canvas, 0, 0, large.width, large.height);
  return large.toDataURL();
}
