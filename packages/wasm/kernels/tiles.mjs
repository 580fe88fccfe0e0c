/** @type {(length: number) => readonly number[]} */
const range = (length) => Array.from({ length }, (_, i) => i);

/**
 * `count` tiles of the matrix product below each other, each `rows` x 8: every sum stays in a register while it grows over
 * k, in the order of k, whatever the number of rows. That is why a result never depends on how the rows were cut.
 *
 * V8 moves the loads of an iteration to its beginning, so 2 * rows sums, rows values and 2 weights are alive at once: four
 * rows fit the registers, a fifth or a second step of k per iteration halves the speed on Node 20 and 22.
 *
 * @param {number} rows
 */
function tilesOf(rows) {
  const each = range(rows);
  const lines = (/** @type {(r: number) => string} */ line) => each.map(line).join("\n");
  return `
function tiles${rows}(count: i32, a: usize, lda: usize, b: usize, bias: usize, c: usize, ldc: usize, end: usize): void {
  do {
${lines((r) => `    let a${r} = ${r === 0 ? "a" : `a${r - 1} + lda`};`)}
    let x0 = v128.load(bias), y0 = v128.load(bias, 16);
${lines((r) => (r === 0 ? "" : `    let x${r} = x0, y${r} = y0;`))}
    let k = b;
    do {
      const b0 = v128.load(k), b1 = v128.load(k, 16);
${lines((r) => `      const s${r} = v128.load_splat<f32>(a${r}); x${r} = madd(s${r}, b0, x${r}); y${r} = madd(s${r}, b1, y${r});`)}
      k += 32;
${lines((r) => `      a${r} += 4;`)}
    } while (k < end);
${lines((r) => `    v128.store(c, x${r}); v128.store(c, y${r}, 16); c += ldc;`)}
    a = a${rows - 1};
    a += lda - (end - b >> 3);
  } while (--count);
}`;
}

/** @param {number} rows The tallest tile. */
export function tilesSource(rows) {
  const heights = range(rows).map((r) => rows - r);
  return `
import { madd } from "./math";
export const TILE_ROWS: i32 = ${rows};
${heights.map((r) => tilesOf(r)).join("\n")}
export function tiles(height: i32, count: i32, a: usize, lda: usize, b: usize, bias: usize, c: usize, ldc: usize, end: usize): void {
${heights.map((r) => `  if (height == ${r}) { tiles${r}(count, a, lda, b, bias, c, ldc, end); return; }`).join("\n")}
}
`;
}
