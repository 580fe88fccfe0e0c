import type { Scratch } from "./scratch.js";

const COLOURS = { blue: [2], green: [1], red: [0] } as const;
const SIDE = 24;

/** A folder with pictures of three colours, eight each, as BMP files. */
export function colouredFolder(scratch: Scratch, name: string, shift = 0): string {
  for (const [label, [channel]] of Object.entries(COLOURS)) {
    for (let number = 0; number < 8; number++) {
      scratch.write(`${name}/${label}/${number}.bmp`, colouredBmp(channel, number + shift));
    }
  }
  return scratch.path(name);
}

/** 24 bits, bottom up; a row of 24 pixels needs no padding. Blue comes first. */
function colouredBmp(channel: number, number: number): Uint8Array {
  const bytes = new Uint8Array(54 + SIDE * SIDE * 3);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x4d42, true);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, SIDE, true);
  view.setInt32(22, SIDE, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let i = 0; i < SIDE * SIDE; i++) {
    bytes.fill(40 + number, 54 + 3 * i, 57 + 3 * i);
    bytes[54 + 3 * i + 2 - channel] = 120 + (((i % SIDE) * 3 + 11 * number) % 120);
  }
  return bytes;
}
