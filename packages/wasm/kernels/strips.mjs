/** @type {(length: number) => readonly number[]} */
const range = (length) => Array.from({ length }, (_, i) => i);

/** Outputs of one strip. */
const WIDEST = 4;

/**
 * `outputs` neighbours of one row, four channels: each pixel of the input is loaded once per kernel row and goes into
 * every output that sees it. Taps are added row by row, left to right, as in `tap`.
 *
 * @type {(kernelSize: number, stride: number, outputs: number) => string}
 */
function stripSource(kernelSize, stride, outputs) {
  const pixels = range((outputs - 1) * stride + kernelSize);
  const uses = (/** @type {number} */ pixel) =>
    range(outputs).flatMap((x) => {
      const tap = pixel - x * stride;
      return tap >= 0 && tap < kernelSize ? [`acc${x} = madd(v, w${tap}, acc${x});`] : [];
    });
  return `
function strip${kernelSize}s${stride}x${outputs}(from: usize, rowBytes: usize, pixelBytes: usize, w: usize, rows: i32, bias: v128, to: usize, act: i32, sums: usize): void {
${range(outputs)
  .map((x) => `  let acc${x} = bias;`)
  .join("\n")}
  let v: v128, p: usize;
  do {
    p = from;
${range(kernelSize)
  .map((tap) => `    let w${tap} = v128.load(w, ${16 * tap});`)
  .join("\n")}
${pixels.map((i) => `    v = v128.load(p); ${uses(i).join(" ")}${i + 1 < pixels.length ? " p += pixelBytes;" : ""}`).join("\n")}
    from += rowBytes;
    w += ${16 * kernelSize};
  } while (--rows);
${range(outputs)
  .map(
    (x) => `  acc${x} = activate(acc${x}, act); v128.store(to, acc${x});${x + 1 < outputs ? " to += pixelBytes;" : ""}`,
  )
  .join("\n")}
  let sum = v128.load(sums);
${range(outputs)
  .map((x) => `  sum = f32x4.add(sum, acc${x});`)
  .join("\n")}
  v128.store(sums, sum);
}`;
}

/** @type {readonly (readonly [kernelSize: number, stride: number])[]} */
const SHAPES = [
  [3, 1],
  [3, 2],
  [5, 1],
  [5, 2],
];

export function stripsSource() {
  const widths = range(WIDEST).map((x) => WIDEST - x);
  const name = (/** @type {number} */ k, /** @type {number} */ s, /** @type {number} */ x) => `strip${k}s${s}x${x}`;
  return `
import { activate, madd } from "./math";
export const WIDEST: i32 = ${WIDEST};
${SHAPES.flatMap(([k, s]) => widths.map((x) => stripSource(k, s, x))).join("\n")}
/** True where strips of this shape exist. */
export function hasStrips(kernelSize: i32, stride: i32): bool {
  return ${SHAPES.map(([k, s]) => `(kernelSize == ${k} && stride == ${s})`).join(" || ")};
}
export function strip(kernelSize: i32, stride: i32, outputs: i32, from: usize, rowBytes: usize, pixelBytes: usize, w: usize, rows: i32, bias: v128, to: usize, act: i32, sums: usize): void {
${SHAPES.map(
  ([k, s]) => `  if (kernelSize == ${k} && stride == ${s}) {
${widths
  .map(
    (x) =>
      `    if (outputs == ${x}) { ${name(k, s, x)}(from, rowBytes, pixelBytes, w, rows, bias, to, act, sums); return; }`,
  )
  .join("\n")}
  }`,
).join("\n")}
}
`;
}
