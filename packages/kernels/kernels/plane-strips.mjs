/** @type {(length: number) => readonly number[]} */
const range = (length) => Array.from({ length }, (_, i) => i);
const lines = (/** @type {readonly string[]} */ list) => list.join("\n");

/** Bytes of a pixel in a plane: 16 channels, one cache line. */
export const PLANE_PIXEL = 64;

/** Kernel widths, strides and outputs of a strip that are written out; anything else goes tap by tap. */
const WIDTHS = [3, 5];
const STRIDES = [1, 2];
const OUTPUTS = [4, 2, 1];

/**
 * `count` strips of neighbouring outputs in one row, four channels: each pixel is loaded once per kernel row and goes into
 * every output that sees it.
 *
 * @param {number} width
 * @param {number} stride
 * @param {number} outputs
 */
function strip(width, stride, outputs) {
  const each = range(outputs);
  const pixels = range((outputs - 1) * stride + width);
  const uses = (/** @type {number} */ pixel) =>
    each.flatMap((x) => {
      const tap = pixel - x * stride;
      return tap >= 0 && tap < width ? [`acc${x} = madd(v, w${tap}, acc${x});`] : [];
    });
  return `
function strip${width}s${stride}x${outputs}(count: i32, rows: i32, line: usize, rowBytes: usize, taps: usize, tapBytes: usize, to: usize, toBytes: usize): void {
  do {
${lines(each.map((x) => `    let acc${x} = f32x4.splat(0);`))}
    let left = rows, from = line, w = taps, v: v128;
    do {
${lines(range(width).map((tap) => `      const w${tap} = v128.load(w, ${PLANE_PIXEL * tap});`))}
${lines(pixels.map((i) => `      v = v128.load(from, ${PLANE_PIXEL * i}); ${uses(i).join(" ")}`))}
      from += rowBytes;
      w += tapBytes;
    } while (--left);
${lines(each.map((x) => `    v128.store(to, acc${x}); to += toBytes;`))}
    line += ${PLANE_PIXEL * outputs * stride};
  } while (--count);
}`;
}

/**
 * sums[tap] += x[tap] * dy over rows of outputs, for one row of the kernel and four channels. Two neighbours at a time
 * have sums of their own, or each addition would wait for the last one.
 *
 * @param {number} width
 * @param {number} stride
 */
function products(width, stride) {
  const taps = range(width);
  const add = (/** @type {string} */ sum, /** @type {string} */ d, /** @type {number} */ at) =>
    lines(
      taps.map(
        (t) => `      ${sum}${t} = madd(v128.load(from, ${PLANE_PIXEL * (t + at * stride)}), ${d}, ${sum}${t});`,
      ),
    );
  return `
function products${width}s${stride}(rows: i32, width: i32, x: usize, xBytes: usize, dy: usize, dyRow: usize, dyPixel: usize, sums: usize): void {
${lines(taps.map((t) => `  let p${t} = v128.load(sums, ${PLANE_PIXEL * t}), q${t} = f32x4.splat(0);`))}
  do {
    let from = x, other = dy, left = width;
    while (left >= 2) {
      const d0 = v128.load(other), d1 = v128.load(other + dyPixel);
${add("p", "d0", 0)}
${add("q", "d1", 1)}
      other += 2 * dyPixel;
      from += ${2 * PLANE_PIXEL * stride};
      left -= 2;
    }
    if (left != 0) {
      const d0 = v128.load(other);
${add("p", "d0", 0)}
    }
    x += xBytes;
    dy += dyRow;
  } while (--rows);
${lines(taps.map((t) => `  v128.store(sums, f32x4.add(p${t}, q${t}), ${PLANE_PIXEL * t});`))}
}`;
}

/** The module of all strips. */
export function planeStripsSource() {
  const shapes = WIDTHS.flatMap((width) => STRIDES.map((stride) => /** @type {const} */ ([width, stride])));
  const args = "rows, line, rowBytes, taps, tapBytes, to, toBytes";
  return `
import { madd } from "./math";
${lines(shapes.flatMap(([w, s]) => OUTPUTS.map((outputs) => strip(w, s, outputs))))}
${lines(shapes.map(([w, s]) => products(w, s)))}
function anyStrip(width: i32, stride: i32, count: i32, rows: i32, line: usize, rowBytes: usize, taps: usize, tapBytes: usize, to: usize, toBytes: usize): void {
  for (; count > 0; count--, line += <usize>stride * ${PLANE_PIXEL}, to += toBytes) {
    let sum = f32x4.splat(0), from = line, w = taps;
    for (let r = 0; r < rows; r++, from += rowBytes, w += tapBytes) {
      for (let t: usize = 0; t < <usize>width * ${PLANE_PIXEL}; t += ${PLANE_PIXEL}) sum = madd(v128.load(from + t), v128.load(w + t), sum);
    }
    v128.store(to, sum);
  }
}
function anyProducts(kernel: i32, stride: i32, rows: i32, width: i32, x: usize, xBytes: usize, dy: usize, dyRow: usize, dyPixel: usize, sums: usize): void {
  for (; rows > 0; rows--, x += xBytes, dy += dyRow) {
    let from = x, other = dy;
    for (let i = 0; i < width; i++, from += <usize>stride * ${PLANE_PIXEL}, other += dyPixel) {
      const d = v128.load(other);
      for (let t: usize = 0; t < <usize>kernel * ${PLANE_PIXEL}; t += ${PLANE_PIXEL}) v128.store(sums + t, madd(v128.load(from + t), d, v128.load(sums + t)));
    }
  }
}
/** A row of \`outputs\`, four channels. */
export function stripRow(width: i32, stride: i32, outputs: i32, rows: i32, line: usize, rowBytes: usize, taps: usize, tapBytes: usize, to: usize, toBytes: usize): void {
${lines(
  shapes.map(
    ([w, s]) => `  if (width == ${w} && stride == ${s}) {
${lines(
  OUTPUTS.map(
    (o) => `    ${o === OUTPUTS[0] ? "let count" : "count"} = outputs / ${o};
    if (count > 0) {
      strip${w}s${s}x${o}(count, ${args});
      line += <usize>count * ${PLANE_PIXEL * o * s};
      to += <usize>(count * ${o}) * toBytes;
      outputs -= count * ${o};
    }`,
  ),
)}
    return;
  }`,
  ),
)}
  anyStrip(width, stride, outputs, ${args});
}
/** The products of one kernel row, over \`rows\` rows of \`width\` outputs. */
export function productRows(kernel: i32, stride: i32, rows: i32, width: i32, x: usize, xBytes: usize, dy: usize, dyRow: usize, dyPixel: usize, sums: usize): void {
${lines(
  shapes.map(
    ([w, s]) =>
      `  if (kernel == ${w} && stride == ${s}) { products${w}s${s}(rows, width, x, xBytes, dy, dyRow, dyPixel, sums); return; }`,
  ),
)}
  anyProducts(kernel, stride, rows, width, x, xBytes, dy, dyRow, dyPixel, sums);
}
`;
}
