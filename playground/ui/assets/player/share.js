// What can be taken away: the link, files that the server makes, and pictures that the browser makes.

/** Offers bytes as a file. */
export function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A file from the server: {file, mime, data: base64}. */
export function receiveFile({ file, mime, data }) {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  download(file, new Blob([bytes], { type: mime }));
}

/** Puts the address on the clipboard; true if the browser allows it. */
export async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    return true;
  } catch {
    return false;
  }
}

/** Saves a figure panel as a picture, its painted surface included. */
export async function savePicture(Plotly, panel, format) {
  const { figure, id, surface } = panel.panel;
  const layout = { ...panel.layout(), paper_bgcolor: panel.theme.colors.background };
  if (surface) {
    const [left, right] = layout.xaxis.range;
    const [bottom, top] = layout.yaxis.range;
    const place = { x: left, y: top, sizex: right - left, sizey: top - bottom, xref: "x", yref: "y" };
    const source = enlarged(panel.raster.canvas, 6);
    layout.images = [{ ...place, source, sizing: "stretch", layer: "below" }];
  }
  const data = panel.plot.data ?? figure.data;
  const url = await Plotly.toImage({ data, layout }, { format, width: panel.width, height: panel.height, scale: 2 });
  download(`${id}.${format}`, await (await fetch(url)).blob());
}

/** A small canvas made larger, as smoothly as the page shows it. */
function enlarged(canvas, times) {
  const large = document.createElement("canvas");
  large.width = canvas.width * times;
  large.height = canvas.height * times;
  large.getContext("2d").drawImage(canvas, 0, 0, large.width, large.height);
  return large.toDataURL();
}
