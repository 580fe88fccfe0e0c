/** @type {(length: number) => readonly number[]} */
const range = (length) => Array.from({ length }, (_, i) => i);

/**
 * A strip of `outputs` neighbours in one row, for several groups of four channels: each pixel of the input is loaded once per kernel row
 * and goes into every output that sees it. Taps are added row by row, left to right, as everywhere. A strip at an edge
 * leaves out the `left` or `right` pixels that the map does not have.
 *
 * @param {string} name
 * @param {{ kernelSize: number, stride: number, outputs: number, left?: number, right?: number }} shape
 */
function stripsSource(name, { kernelSize, stride, outputs, left = 0, right = 0 }) {
  const each = range(outputs);
  const all = range((outputs - 1) * stride + kernelSize);
  const pixels = all.slice(left, all.length - right);
  const last = pixels.at(-1);
  const uses = (/** @type {number} */ pixel) =>
    each.flatMap((x) => {
      const tap = pixel - x * stride;
      return tap >= 0 && tap < kernelSize ? [`acc${x} = madd(v, w${tap}, acc${x});`] : [];
    });
  return `
function ${name}(groups: i32, from: usize, rowBytes: usize, pixelBytes: usize, w: usize, groupBytes: usize, rows: i32, biases: usize, to: usize): void {
  do {
    const bias = v128.load(biases);
${each.map((x) => `    let acc${x} = bias;`).join("\n")}
    let at = to, v: v128, line = from, p: usize, taps = w, left = rows;
    do {
      p = line;
${range(kernelSize)
  .map((tap) => `      let w${tap} = v128.load(taps, ${16 * tap});`)
  .join("\n")}
${pixels.map((i) => `      v = v128.load(p); ${uses(i).join(" ")}${i !== last ? " p += pixelBytes;" : ""}`).join("\n")}
      line += rowBytes;
      taps += ${16 * kernelSize};
    } while (--left);
${each.map((x) => `    v128.store(at, acc${x});${x + 1 < outputs ? " at += pixelBytes;" : ""}`).join("\n")}
    from += 16;
    to += 16;
    biases += 16;
    w += groupBytes;
  } while (--groups);
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

/** At stride 1 both paddings put half a kernel outside either side, and one strip covers what sees it. */
const EDGES = [3, 5];

/** The module of all strips. */
export function allStripsSource() {
  const name = (/** @type {number} */ k, /** @type {number} */ s, /** @type {number} */ x) => `strips${k}s${s}x${x}`;
  const widths = (/** @type {number} */ widest) => range(widest).map((x) => widest - x);
  return `
import { madd } from "./math";
${SHAPES.flatMap(([k, s, widest]) =>
  widths(widest).map((x) => stripsSource(name(k, s, x), { kernelSize: k, stride: s, outputs: x })),
).join("\n")}
${EDGES.map((k) => {
  const outputs = (k - 1) / 2;
  const shape = { kernelSize: k, stride: 1, outputs };
  return (
    stripsSource(`left${k}`, { ...shape, left: outputs }) + stripsSource(`right${k}`, { ...shape, right: outputs })
  );
}).join("\n")}
/** True where the outputs at the edges of a row have strips of their own. */
export function hasEdges(kernelSize: i32, stride: i32, padLeft: i32, inWidth: i32): bool {
  return stride == 1 && (${EDGES.map((k) => `kernelSize == ${k}`).join(" || ")}) && padLeft == kernelSize >> 1 && inWidth >= kernelSize;
}
/** The outputs at one edge; \`from\` is the first pixel that they see. */
export function edge(kernelSize: i32, right: bool, groups: i32, from: usize, rowBytes: usize, pixelBytes: usize, w: usize, groupBytes: usize, rows: i32, biases: usize, to: usize): void {
${EDGES.map(
  (k) => `  if (kernelSize == ${k}) {
    if (right) right${k}(groups, from, rowBytes, pixelBytes, w, groupBytes, rows, biases, to);
    else left${k}(groups, from, rowBytes, pixelBytes, w, groupBytes, rows, biases, to);
  }`,
).join("\n")}
}
/** The most outputs that one strip of this shape has; 0 where there are none. */
export function widestStrip(kernelSize: i32, stride: i32): i32 {
${SHAPES.map(([k, s, widest]) => `  if (kernelSize == ${k} && stride == ${s}) return ${widest};`).join("\n")}
  return 0;
}
export function strips(kernelSize: i32, stride: i32, outputs: i32, groups: i32, from: usize, rowBytes: usize, pixelBytes: usize, w: usize, groupBytes: usize, rows: i32, biases: usize, to: usize): void {
${SHAPES.map(
  ([k, s, widest]) => `  if (kernelSize == ${k} && stride == ${s}) {
${widths(widest)
  .map(
    (x) =>
      `    if (outputs == ${x}) { ${name(k, s, x)}(groups, from, rowBytes, pixelBytes, w, groupBytes, rows, biases, to); return; }`,
  )
  .join("\n")}
  }`,
).join("\n")}
}
`;
}
