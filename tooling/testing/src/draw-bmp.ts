type Colour = readonly [red: number, green: number, blue: number];

const HEADER_BYTES = 54;

/** A square BMP file of 24 bits, a colour for each pixel. */
export function drawBmp(side: number, colourAt: (x: number, y: number) => Colour): Uint8Array {
  const rowBytes = Math.ceil((side * 3) / 4) * 4;
  const file = new Uint8Array(HEADER_BYTES + rowBytes * side);
  const view = new DataView(file.buffer);
  view.setUint16(0, 0x424d);
  view.setUint32(2, file.length, true);
  view.setUint32(10, HEADER_BYTES, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, side, true);
  view.setInt32(22, side, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [red, green, blue] = colourAt(x, y);
      // Rows go from the bottom up, channels from blue to red.
      file.set([blue, green, red], HEADER_BYTES + (side - 1 - y) * rowBytes + x * 3);
    }
  }
  return file;
}
