// The wire format, read side; playground/player/packet.py is the write side and says what each byte means.

/** @import { Channel, Columns, Header } from "../types.d.ts" */

const ARRAYS = { u8: Uint8Array, i4: Int32Array, f4: Float32Array, f8: Float64Array };

/**
 * Splits a packet into its JSON header and its still compressed body.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {{ header: Header, body: Uint8Array<ArrayBuffer> }}
 */
export function readHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const text = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  return { header: JSON.parse(text), body: bytes.subarray(4 + length) };
}

/**
 * Inflates a body and cuts it into one typed array a channel: `count` frames, one after the other.
 * @param {Uint8Array<ArrayBuffer>} body
 * @param {Channel[]} channels
 * @param {number} count
 * @returns {Promise<Columns>}
 */
export async function readBody(body, channels, count) {
  if (count === 0) return {};
  const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream("deflate"));
  const raw = await new Response(stream).arrayBuffer();
  /** @type {Columns} */
  const columns = {};
  let at = 0;
  for (const channel of channels) {
    const Type = ARRAYS[channel.type];
    const bytes = count * channel.size * Type.BYTES_PER_ELEMENT;
    // slice() copies, so that eight-byte numbers start on an eight-byte boundary
    const column = new Type(raw.slice(at, at + bytes));
    if (channel.delta) undoDelta(column, channel.size);
    columns[channel.name] = column;
    at += bytes;
  }
  return columns;
}

/**
 * Each frame of a delta channel holds its difference (modulo 256) to the frame before it.
 * @param {Columns[string]} column
 * @param {number} size
 */
function undoDelta(column, size) {
  for (let i = size; i < column.length; i++) column[i] += column[i - size];
}
