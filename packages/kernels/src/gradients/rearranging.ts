import * as tf from "@tensorflow/tfjs-core";
import { fromGradient, fromInput } from "./define-gradient.js";

interface SliceAttributes {
  readonly begin: number | number[];
  readonly size: number | number[];
}

/** Where a slice was taken, zeros around it. */
function unslice(dy: tf.Tensor, x: tf.Tensor, { begin, size }: SliceAttributes): tf.Tensor {
  const [from, taken] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
  return tf.pad(
    dy,
    x.shape.map((length, axis): [number, number] => [from[axis] ?? 0, length - (from[axis] ?? 0) - (taken[axis] ?? 0)]),
  );
}

/** Every copy of a value is summed: `[r1 * d1, ...]` is seen as `[r1, d1, ...]` and the repeats are reduced. */
function untile(dy: tf.Tensor, x: tf.Tensor, { reps }: { readonly reps: readonly number[] }): tf.Tensor {
  const apart = x.shape.flatMap((length, axis) => [reps[axis] ?? 1, length]);
  const repeats = x.shape.map((_, axis) => 2 * axis);
  return tf.sum(tf.reshape(dy, apart), repeats);
}

const parts = (pieces: readonly tf.Tensor[]) => Object.fromEntries(pieces.map((piece, i) => [i, () => piece]));

/** Gradients of what moves values: each moves them back. */
export const REARRANGING: readonly tf.GradConfig[] = [
  fromInput("Reshape", (dy, x) => tf.reshape(dy, x.shape)),
  {
    kernelName: "ExpandDims",
    inputsToSave: ["input"],
    gradFunc: (dy, [input]) => ({ input: () => tf.reshape(dy as tf.Tensor, (input as tf.Tensor).shape) }),
  },
  fromGradient<{ readonly perm: number[] }>("Transpose", (dy, { perm }) =>
    tf.transpose(dy, tf.backend_util.getUndoAxesPermutation(perm)),
  ),
  fromInput<{ readonly paddings: readonly (readonly [number, number])[] }>("PadV2", (dy, x, { paddings }) =>
    tf.slice(
      dy,
      paddings.map(([before]) => before),
      x.shape,
    ),
  ),
  fromInput<SliceAttributes>("Slice", unslice),
  fromInput<{ readonly reps: readonly number[] }>("Tile", untile),
  {
    kernelName: "Concat",
    saveAllInputs: true,
    gradFunc: (dy, saved, attributes) => {
      const axis = tf.util.parseAxisParam(attributes.axis as number, saved[0]?.shape ?? [])[0] ?? 0;
      const sizes = saved.map(({ shape }) => shape[axis] ?? 0);
      return parts(tf.split(dy as tf.Tensor, sizes, axis));
    },
  },
  {
    kernelName: "SplitV",
    gradFunc: (dy, _saved, attributes) => ({ x: () => tf.concat(dy as tf.Tensor[], attributes.axis as number) }),
  },
  {
    kernelName: "Pack",
    saveAllInputs: true,
    gradFunc: (dy, _saved, attributes) => parts(tf.unstack(dy as tf.Tensor, attributes.axis as number)),
  },
  {
    kernelName: "Unpack",
    gradFunc: (dy, _saved, attributes) => ({ value: () => tf.stack(dy as tf.Tensor[], attributes.axis as number) }),
  },
  {
    kernelName: "GatherV2",
    inputsToSave: ["x", "indices"],
    gradFunc: (dy, saved, attributes) => {
      const [x, indices] = saved as [tf.Tensor, tf.Tensor];
      return { x: () => scatterRows(dy as tf.Tensor, indices, x.shape, attributes.axis as number) };
    },
  },
];

/** Adds each row of dy to the row of x that it was gathered from. */
function scatterRows(dy: tf.Tensor, indices: tf.Tensor, shape: number[], axis: number): tf.Tensor {
  const at = tf.util.parseAxisParam(axis, shape)[0] ?? 0;
  const rest = shape.filter((_, i) => i !== at);
  const flat = tf.reshape(dy, [...shape.slice(0, at), indices.size, ...shape.slice(at + 1)]);
  const first = [at, ...shape.map((_, i) => i).filter((i) => i !== at)];
  const rows = tf.transpose(flat, first);
  const sums = tf.unsortedSegmentSum(rows, tf.reshape(tf.cast(indices, "int32"), [-1]) as tf.Tensor1D, shape[at] ?? 0);
  return tf.transpose(tf.reshape(sums, [shape[at] ?? 0, ...rest]), tf.backend_util.getUndoAxesPermutation(first));
}
