import type { PreparedBackend } from "@efficientnet/backends";
import { unknownName } from "@efficientnet/errors";
import {
  applyPart,
  classify,
  disposeParams,
  embedding,
  foldBatchNorm,
  loadParams,
  logits,
  type NetworkParams,
  networkParts,
} from "@efficientnet/model";
import { type ArchitectureSpec, tensorShapes } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import type { Piece } from "../table/piece.js";
import type { Device } from "./device.js";
import type { Task } from "./task.js";
import { timingWeights } from "./timing-weights.js";

/** Networks timed on a backend of tfjs, as they run in use: batch norm folded, convolutions fused with bias and activation. */
export function tfjsDevice(backend: PreparedBackend): Device {
  async function open(
    name: string,
    spec: ArchitectureSpec,
    belongs: (tensor: string) => boolean,
    shape: readonly [number, number, number, number],
    forward: (params: NetworkParams, x: tf.Tensor4D) => tf.Tensor,
  ): Promise<Task> {
    const tensors = tensorShapes(spec).filter((tensor) => belongs(tensor.name));
    const folded = foldBatchNorm(tensors, timingWeights, spec.batchNorm.epsilon);
    const params = await backend.guard(() => loadParams(folded.shapes, folded.read));
    const x = await backend.guard(() => tf.randomNormal([...shape], 0, 1, "float32", 1));
    return {
      name,
      run: (times) =>
        backend.guard(async () => {
          let last: tf.Tensor | undefined;
          for (let i = 0; i < times; i++) {
            last?.dispose();
            last = tf.tidy(() => forward(params, x as tf.Tensor4D));
          }
          if (last !== undefined) await settle(last);
        }),
      dispose() {
        disposeParams(params);
        x.dispose();
      },
    };
  }

  return {
    name: `tfjs ${backend.name}`,
    description: backend.description,
    openNetwork: (spec, { imageSize, batch }) => {
      const forward = spec.head.classes === null ? embedding : logits;
      const shape = [batch, imageSize, imageSize, 3] as const;
      return open(
        spec.name,
        spec,
        () => true,
        shape,
        (params, x) => forward(spec, params, x),
      );
    },
    openPiece: (piece, batch) =>
      open(piece.geometry, piece.spec, belongsTo(piece), [batch, ...piece.input], forwardOf(piece)),
  };
}

const belongsTo = ({ name }: Piece) =>
  name === "tail"
    ? (tensor: string) => tensor.startsWith("head.") || tensor.startsWith("classifier.")
    : (tensor: string) => tensor.startsWith(`${name}.`);

function forwardOf({ spec, name }: Piece): (params: NetworkParams, x: tf.Tensor4D) => tf.Tensor {
  const part = networkParts(spec).find((one) => one.name === (name === "tail" ? "head" : name));
  if (part === undefined) throw unknownName("piece", name, ["stem", "tail", "stages.0.0"]);
  const context = { mode: { training: false }, epsilon: spec.batchNorm.epsilon } as const;
  if (name !== "tail") return (params, x) => applyPart(part, params, x, context);
  return (params, x) => {
    const pooled: tf.Tensor2D = tf.mean(applyPart(part, params, x, context), [1, 2]);
    return spec.head.classes === null ? pooled : classify(spec, params, pooled);
  };
}

/** Waits until a tensor is computed, by reading one value of it: a whole map would take longer to read than to make. */
async function settle(tensor: tf.Tensor): Promise<void> {
  const one = tf.tidy(() => tf.slice(tf.reshape(tensor, [-1]), [0], [1]));
  tensor.dispose();
  try {
    await one.data();
  } finally {
    one.dispose();
  }
}
