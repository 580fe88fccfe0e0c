/** @type {(length: number) => readonly number[]} */
const range = (length) => Array.from({ length }, (_, i) => i);

/**
 * A tile of the matrix product, `rows` x 8: every sum stays in a register while it grows over k, in the order of k,
 * whatever the number of rows. That is why a result never depends on how the rows were cut.
 *
 * @param {number} rows
 */
function tileSource(rows) {
  const each = range(rows);
  const step = (/** @type {number} */ u) => [
    `    b0 = v128.load(b, ${32 * u}); b1 = v128.load(b, ${32 * u + 16});`,
    ...each.map(
      (r) => `    s = v128.load_splat<f32>(a${r}, ${4 * u}); x${r} = madd(s, b0, x${r}); y${r} = madd(s, b1, y${r});`,
    ),
  ];
  return `
function tile${rows}(a0: usize, lda: usize, b: usize, bias: usize, c0: usize, ldc: usize, end: usize): void {
${each
  .slice(1)
  .map((r) => `  let a${r} = a${r - 1} + lda;`)
  .join("\n")}
  let x0 = v128.load(bias), y0 = v128.load(bias, 16);
${each
  .slice(1)
  .map((r) => `  let x${r} = x0, y${r} = y0;`)
  .join("\n")}
  let b0: v128, b1: v128, s: v128;
  do {
${[0, 1].flatMap(step).join("\n")}
    b += 64;
${each.map((r) => `    a${r} += 8;`).join("\n")}
  } while (b < end);
${each.map((r) => `  v128.store(c0, x${r}); v128.store(c0, y${r}, 16);${r + 1 < rows ? " c0 += ldc;" : ""}`).join("\n")}
}`;
}

/** @param {number} rows The tallest tile. */
export function tilesSource(rows) {
  const heights = range(rows).map((r) => rows - r);
  return `
import { madd } from "./math";
export const TILE_ROWS: i32 = ${rows};
${heights.map(tileSource).join("\n")}
export function tile(rows: i32, a: usize, lda: usize, b: usize, bias: usize, c: usize, ldc: usize, end: usize): void {
${heights.map((r) => `  if (rows == ${r}) { tile${r}(a, lda, b, bias, c, ldc, end); return; }`).join("\n")}
}
`;
}
