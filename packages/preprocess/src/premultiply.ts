import { divideBy255, type Rows } from "./rows.js";

/** RGBA rows with each colour multiplied by its alpha, in 8 bit as Pillow does before it resizes. */
export function premultiply(rows: Rows): Rows {
  const row = new Uint8Array(rows.width * 4);
  return {
    ...rows,
    row: (y) => {
      row.set(rows.row(y));
      for (let i = 0; i < row.length; i += 4) {
        for (let c = i; c < i + 3; c++) row[c] = divideBy255(row[c]! * row[i + 3]!);
      }
      return row;
    },
  };
}

/** The inverse, in place; truncates as Pillow does and leaves colours alone where alpha is 0 or 255. */
export function unpremultiply(rgba: Uint8Array | Uint8ClampedArray): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3]!;
    if (alpha === 0 || alpha === 255) continue;
    for (let c = i; c < i + 3; c++) rgba[c] = Math.min(255, Math.trunc((255 * rgba[c]!) / alpha));
  }
}
