// The rows that a convolution multiplies, one per output position, [kernel row][kernel column][channel]: gathered from a
// map, or added back to one.

/** Where a position's window lies and how to go on to the next: a convolution's geometry, filled by the host. */
// @ts-ignore: decorator
@unmanaged
export class Geometry {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  padTop: i32;
  padLeft: i32;
}

/** True where the rows are the map's own pixels. */
export function isPointwise(g: Geometry): bool {
  return g.kernelHeight == 1 && g.kernelWidth == 1 && g.strideHeight == 1 && g.strideWidth == 1 && g.padTop == 0 && g.padLeft == 0
    && g.outHeight == g.inHeight && g.outWidth == g.inWidth;
}

/** Rows `first` to `last`, written one after the other; what lies outside the map is 0. */
export function gatherWindows(g: Geometry, map: usize, first: i32, last: i32, to: usize): void {
  eachWindow(g, map, first, last, to, false);
}

/** Adds rows `first` to `last` to the map, in their order, so that sums are the same in every run. */
export function scatterWindows(g: Geometry, rows: usize, first: i32, last: i32, map: usize): void {
  eachWindow(g, map, first, last, rows, true);
}

function eachWindow(g: Geometry, map: usize, first: i32, last: i32, row: usize, scatter: bool): void {
  const pixelBytes = <usize>g.inChannels << 2;
  const lineBytes = <usize>g.inWidth * pixelBytes;
  const exampleBytes = <usize>g.inHeight * lineBytes;
  const windowBytes = <usize>g.kernelWidth * pixelBytes;
  let x = first % g.outWidth;
  let y = (first / g.outWidth) % g.outHeight;
  let example = map + <usize>(first / g.outWidth / g.outHeight) * exampleBytes;
  for (let m = first; m < last; m++) {
    const top = y * g.strideHeight - g.padTop;
    const left = x * g.strideWidth - g.padLeft;
    const from = min(g.kernelWidth, max(0, -left));
    const to = max(from, min(g.kernelWidth, g.inWidth - left));
    const before = <usize>from * pixelBytes;
    const inside = <usize>(to - from) * pixelBytes;
    for (let ky = 0; ky < g.kernelHeight; ky++, row += windowBytes) {
      const line = top + ky;
      const exists = line >= 0 && line < g.inHeight;
      const pixel = example + <usize>line * lineBytes + <usize>(left + from) * pixelBytes;
      if (scatter) {
        if (exists) addBytes(row + before, pixel, inside);
      } else if (exists) {
        memory.fill(row, 0, before);
        copyBytes(pixel, row + before, inside);
        memory.fill(row + before + inside, 0, windowBytes - before - inside);
      } else memory.fill(row, 0, windowBytes);
    }
    if (++x == g.outWidth) {
      x = 0;
      if (++y == g.outHeight) {
        y = 0;
        example += exampleBytes;
      }
    }
  }
}

function addBytes(from: usize, to: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)));
  for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(from + i));
}

function copyBytes(from: usize, to: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
  for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i));
}
