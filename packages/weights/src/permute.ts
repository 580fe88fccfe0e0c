/**
 * Reorders the axes of a row-major array: axis i of the result is axis `permutation[i]` of the source. Returns the
 * source itself when nothing moves.
 */
export function permute(values: Float32Array, shape: readonly number[], permutation: readonly number[]): Float32Array {
  if (permutation.every((axis, index) => axis === index)) return values;
  const sourceStrides = strides(shape);
  const sizes = permutation.map((axis) => shape[axis] ?? 0);
  const steps = permutation.map((axis) => sourceStrides[axis] ?? 0);
  const result = new Float32Array(values.length);
  const index = new Array<number>(sizes.length).fill(0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from] ?? 0;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const step = steps[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      from += step;
      if (next < (sizes[axis] ?? 0)) {
        index[axis] = next;
        break;
      }
      from -= step * next;
      index[axis] = 0;
    }
  }
  return result;
}

/** The permutation that undoes another. */
export function inversePermutation(permutation: readonly number[]): readonly number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

function strides(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
}
