import type { Fields } from "./fields.js";
import { type Filters, undoFilters } from "./filters.js";
import { badHdf5 } from "./hdf5-error.js";
import type { Hdf5File } from "./hdf5-file.js";

/** Trained weights hardly shrink; deflate itself cannot exceed 1032. */
const MAX_RATIO = 200;
/** Small arrays may be all zeros. */
const FREE_BYTES = 1 << 20;

/** An array cut into equal boxes; those at an edge are stored whole. */
export interface ChunkGrid {
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  /** Bytes per element. */
  readonly element: number;
}

interface Chunk {
  readonly origin: readonly number[];
  readonly mask: number;
  readonly stored: Uint8Array;
}

/**
 * The chunks of an array, checked but not yet decompressed; the answer assembles them.
 *
 * @throws `wrong-file` unless every chunk is there once, and when the array would be far larger than what is stored.
 */
export function chunkedBytes(file: Hdf5File, tree: number | null, grid: ChunkGrid, filters: Filters): () => Uint8Array {
  const { shape, chunk, element } = grid;
  const bytes = product(shape) * element;
  const count = product(shape.map((size, axis) => Math.ceil(size / (chunk[axis] ?? 0))));
  const chunks = bytes === 0 ? [] : readTree(file, tree, grid);
  const stored = chunks.reduce((sum, part) => sum + part.stored.byteLength, 0);
  const distinct = new Set(chunks.map(({ origin }) => origin.join())).size;
  if (bytes > 0 && (distinct !== count || chunks.length !== count)) {
    throw badHdf5("an array of the HDF5 file has not every chunk once", {
      expected: `${count} chunks`,
      received: `${chunks.length} chunks, ${distinct} of them different`,
    });
  }
  const whole = product(chunk) * element * count;
  const most = Math.max(FREE_BYTES, Math.min(stored, file.bytes.byteLength) * MAX_RATIO);
  if (!(bytes <= most && whole <= Math.max(most, bytes * 2 ** shape.length))) {
    throw badHdf5(`an array of the HDF5 file claims to inflate ${stored} bytes to ${whole}`, {
      expected: `at most ${MAX_RATIO} times as many`,
    });
  }
  return () => {
    const output = new Uint8Array(bytes);
    for (const { origin, mask, stored } of chunks) {
      copyBox(undoFilters(filters, mask, stored, product(chunk) * element, element), output, grid, origin);
    }
    return output;
  };
}

/** Source: HDF5 File Format Specification 3.0, III.A.1, nodes of type 1. */
function readTree(file: Hdf5File, address: number | null, grid: ChunkGrid, levelAbove?: number): readonly Chunk[] {
  const fields = file.at(address, "chunk tree");
  fields.expectSignature("TREE");
  const [kind, level, count] = [fields.u8(), fields.u8(), fields.u16()];
  if (kind !== 1 || (levelAbove !== undefined && level !== levelAbove - 1)) {
    throw badHdf5("the HDF5 file has a damaged chunk tree");
  }
  fields.skip(2 * file.sizes.offset);
  const children = Array.from({ length: count }, () => readKey(file, fields, grid));
  return children.flatMap(({ origin, mask, size, child }): readonly Chunk[] => {
    if (level > 0) return readTree(file, child, grid, level);
    const inside = origin.every(
      (start, axis) => start < (grid.shape[axis] ?? 0) && start % (grid.chunk[axis] ?? 1) === 0,
    );
    if (!inside) throw badHdf5("the HDF5 file has a chunk outside its array");
    return [{ origin, mask, stored: file.at(child, "chunk", size).take(size) }];
  });
}

function readKey(file: Hdf5File, fields: Fields, { shape }: ChunkGrid) {
  file.count();
  const [size, mask] = [fields.u32(), fields.u32()];
  const origin = shape.map(() => fields.unsigned(8));
  // The offset within an element, always zero.
  fields.skip(8);
  return { size, mask, origin, child: fields.address() };
}

/** Copies the part of a chunk that lies inside the array, a row at a time. */
function copyBox(
  box: Uint8Array,
  output: Uint8Array,
  { shape, chunk, element }: ChunkGrid,
  origin: readonly number[],
): void {
  const last = shape.length - 1;
  const copy = (axis: number, from: number, to: number): void => {
    const [size = 1, side = 1, start = 0] = [shape[axis], chunk[axis], origin[axis]];
    const rows = Math.min(side, size - start);
    if (axis === last) {
      const begin = from * side * element;
      output.set(box.subarray(begin, begin + rows * element), (to * size + start) * element);
      return;
    }
    for (let row = 0; row < rows; row++) copy(axis + 1, from * side + row, to * size + start + row);
  };
  copy(0, 0, 0);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
