/** Columns of a panel of the matrix product. */
export const PANEL = 8;
const LANES = 4;

export const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** A kernel `[k, n]` as panels `[panel][k, padded to 4][8]`, filled up with zeros. */
export function packPanels(kernel: Float32Array, n: number, to: Float32Array): void {
  const k = kernel.length / n;
  const padded = roundUp(k, LANES);
  for (let row = 0; row < k; row++) {
    const from = row * n;
    for (let first = 0; first < n; first += PANEL) {
      const columns = Math.min(PANEL, n - first);
      const at = first * padded + row * PANEL;
      for (let i = 0; i < columns; i++) to[at + i] = kernel[from + first + i] ?? 0;
    }
  }
}

/** A depthwise kernel `[taps, channels]` as `[group][tap][4]`; the last group ends at the last channel. */
export function packGroups(kernel: Float32Array, channels: number, to: Float32Array): void {
  const taps = kernel.length / channels;
  let at = 0;
  for (let group = 0; group < channels; group += LANES) {
    const first = Math.min(group, channels - LANES);
    for (let tap = 0; tap < taps; tap++) {
      for (let i = 0; i < LANES; i++) to[at++] = kernel[tap * channels + first + i] ?? 0;
    }
  }
}

/** A matrix `[rows, columns]` with its rows padded to multiples of four. */
export function packRows(matrix: Float32Array, columns: number, to: Float32Array): void {
  const padded = roundUp(columns, LANES);
  for (let row = 0; row * columns < matrix.length; row++) {
    to.set(matrix.subarray(row * columns, (row + 1) * columns), row * padded);
  }
}

/** A matrix `[rows, columns]` transposed, its new rows padded to multiples of four. */
export function packTransposed(matrix: Float32Array, columns: number, to: Float32Array): void {
  const rows = matrix.length / columns;
  const padded = roundUp(rows, LANES);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) to[column * padded + row] = matrix[row * columns + column] ?? 0;
  }
}
