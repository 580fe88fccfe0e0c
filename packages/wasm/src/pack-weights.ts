/** Columns of a panel of the matrix product. */
export const PANEL = 8;
/** Columns of a panel of the layer that ends in gates. */
export const GATES = 16;
const LANES = 4;

export const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** How a matrix is packed: columns of a panel, and what its rows are padded to a multiple of. */
interface Panels {
  readonly columns: number;
  readonly multiple: number;
}

/** A kernel `[k, n]` as panels `[panel][k, padded][columns]`, filled up with zeros. */
export function packPanels(
  kernel: Float32Array,
  n: number,
  to: Float32Array,
  { columns, multiple }: Panels = { columns: PANEL, multiple: LANES },
): void {
  const k = kernel.length / n;
  const padded = roundUp(k, multiple);
  for (let row = 0; row < k; row++) {
    const from = row * n;
    for (let first = 0; first < n; first += columns) {
      const at = first * padded + row * columns;
      for (let i = 0; i < Math.min(columns, n - first); i++) to[at + i] = kernel[from + first + i] ?? 0;
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

/** A matrix `[rows, columns]` transposed, its new rows padded to multiples of four. */
export function packTransposed(matrix: Float32Array, columns: number, to: Float32Array): void {
  const rows = matrix.length / columns;
  const padded = roundUp(rows, LANES);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) to[column * padded + row] = matrix[row * columns + column] ?? 0;
  }
}
