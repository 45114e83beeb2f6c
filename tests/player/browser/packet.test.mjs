// The browser reads what Python wrote.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readBody, readHeader } from "../../../playground/player/browser/core/packet.js";

const cases = JSON.parse(readFileSync(new URL("cases/packets.json", import.meta.url), "utf8"));
const TYPES = { u8: Uint8Array, i4: Int32Array, f4: Float32Array, f8: Float64Array };

for (const { hex, header, channels, columns } of cases) {
  test(`a packet of ${header.count} frames`, async () => {
    const bytes = Uint8Array.from(Buffer.from(hex, "hex"));
    const read = readHeader(bytes);
    assert.deepEqual(read.header, header);
    const found = await readBody(read.body, channels, header.count);
    assert.deepEqual(Object.keys(found), Object.keys(columns));
    for (const { name, type } of header.count ? channels : []) {
      assert.ok(found[name] instanceof TYPES[type]);
      assert.deepEqual(Array.from(found[name]), columns[name], name);
    }
  });
}

test("a packet within other bytes", async () => {
  const { hex, header, channels, columns } = cases.at(-1);
  const bytes = Uint8Array.from(Buffer.from(`abcdef${hex}`, "hex")).subarray(3);
  const { body } = readHeader(bytes);
  assert.deepEqual(Array.from((await readBody(body, channels, header.count)).update), columns.update);
});

test("a body that is cut off is an error", async () => {
  const { hex, header, channels } = cases.at(-1);
  const { body } = readHeader(Uint8Array.from(Buffer.from(hex.slice(0, -20), "hex")));
  await assert.rejects(readBody(body, channels, header.count));
});
