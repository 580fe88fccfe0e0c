/** @type {(length: number) => readonly number[]} */
const range = (length) => Array.from({ length }, (_, i) => i);

/**
 * `count` strips of `outputs` neighbours in one row, four channels: each pixel of the input is loaded once per kernel row
 * and goes into every output that sees it. Taps are added row by row, left to right, as everywhere. The sum of the outputs
 * is added to `sums`.
 *
 * @type {(kernelSize: number, stride: number, outputs: number) => string}
 */
function stripsOf(kernelSize, stride, outputs) {
  const each = range(outputs);
  const pixels = range((outputs - 1) * stride + kernelSize);
  const uses = (/** @type {number} */ pixel) =>
    each.flatMap((x) => {
      const tap = pixel - x * stride;
      return tap >= 0 && tap < kernelSize ? [`acc${x} = madd(v, w${tap}, acc${x});`] : [];
    });
  return `
function strips${kernelSize}s${stride}x${outputs}(count: i32, from: usize, rowBytes: usize, pixelBytes: usize, w: usize, rows: i32, bias: v128, to: usize, act: i32, sums: usize): void {
  const stripBytes = pixelBytes * ${outputs * stride};
  let sum = v128.load(sums);
  do {
${each.map((x) => `    let acc${x} = bias;`).join("\n")}
    let v: v128, line = from, p: usize, taps = w, left = rows;
    do {
      p = line;
${range(kernelSize)
  .map((tap) => `      let w${tap} = v128.load(taps, ${16 * tap});`)
  .join("\n")}
${pixels
  .map((i) => `      v = v128.load(p); ${uses(i).join(" ")}${i + 1 < pixels.length ? " p += pixelBytes;" : ""}`)
  .join("\n")}
      line += rowBytes;
      taps += ${16 * kernelSize};
    } while (--left);
${each.map((x) => `    acc${x} = activate(acc${x}, act); v128.store(to, acc${x}); to += pixelBytes;`).join("\n")}
${each.map((x) => `    sum = f32x4.add(sum, acc${x});`).join("\n")}
    from += stripBytes;
  } while (--count);
  v128.store(sums, sum);
}`;
}

/**
 * The shapes that have strips, and how many outputs their widest strip has. Wider ones load a pixel less often, until more
 * sums than the registers hold are alive; these were the fastest, and they divide rows of 14 without a rest.
 *
 * @type {readonly (readonly [kernelSize: number, stride: number, widest: number])[]}
 */
const SHAPES = [
  [3, 1, 6],
  [3, 2, 4],
  [5, 1, 5],
  [5, 2, 4],
];

export function stripsSource() {
  const name = (/** @type {number} */ k, /** @type {number} */ s, /** @type {number} */ x) => `strips${k}s${s}x${x}`;
  const widths = (/** @type {number} */ widest) => range(widest).map((x) => widest - x);
  return `
import { activate, madd } from "./math";
${SHAPES.flatMap(([k, s, widest]) => widths(widest).map((x) => stripsOf(k, s, x))).join("\n")}
/** The most outputs that one strip of this shape has; 0 where there are none. */
export function widestStrip(kernelSize: i32, stride: i32): i32 {
${SHAPES.map(([k, s, widest]) => `  if (kernelSize == ${k} && stride == ${s}) return ${widest};`).join("\n")}
  return 0;
}
export function strips(kernelSize: i32, stride: i32, outputs: i32, count: i32, from: usize, rowBytes: usize, pixelBytes: usize, w: usize, rows: i32, bias: v128, to: usize, act: i32, sums: usize): void {
${SHAPES.map(
  ([k, s, widest]) => `  if (kernelSize == ${k} && stride == ${s}) {
${widths(widest)
  .map(
    (x) =>
      `    if (outputs == ${x}) { ${name(k, s, x)}(count, from, rowBytes, pixelBytes, w, rows, bias, to, act, sums); return; }`,
  )
  .join("\n")}
  }`,
).join("\n")}
}
`;
}
