/** @type {(length: number) => readonly number[]} */
const range = (length) => Array.from({ length }, (_, i) => i);

/**
 * A tile of c[k, n] += sum over m of a[m, k] * b[m, n], `rows` x 8. Both operands are read row by row as they lie, which
 * needs no packing; the sum over the block grows in registers and is then added to what stands in c.
 *
 * @param {number} rows
 */
function tileOf(rows) {
  const each = range(rows);
  const lines = (/** @type {(r: number) => string} */ line) => each.map(line).join("\n");
  return `
function outer${rows}(m: i32, a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize): void {
  let x0 = f32x4.splat(0), y0 = x0;
${lines((r) => (r === 0 ? "" : `  let x${r} = x0, y${r} = x0;`))}
  do {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
${lines((r) => `    const s${r} = v128.load_splat<f32>(a, ${4 * r}); x${r} = madd(s${r}, b0, x${r}); y${r} = madd(s${r}, b1, y${r});`)}
    a += lda;
    b += ldb;
  } while (--m);
${lines((r) => `  v128.store(c, f32x4.add(v128.load(c), x${r})); v128.store(c, f32x4.add(v128.load(c, 16), y${r}), 16);${r === rows - 1 ? "" : " c += ldc;"}`)}
}`;
}

/** @param {number} rows The tallest tile. */
export function outerTilesSource(rows) {
  const heights = range(rows).map((r) => rows - r);
  return `
import { madd } from "./math";
export const OUTER_ROWS: i32 = ${rows};
${heights.map(tileOf).join("\n")}
export function outerTile(height: i32, m: i32, a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize): void {
${heights.map((r) => `  if (height == ${r}) { outer${r}(m, a, lda, b, ldb, c, ldc); return; }`).join("\n")}
}
`;
}
