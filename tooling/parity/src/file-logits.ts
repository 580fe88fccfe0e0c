import { foldBatchNorm, loadParams, logits } from "@efficientnet/model";
import { type ArchitectureSpec, tensorShapes } from "@efficientnet/specs";
import { canonicalWeights, readCheckpoint, specFromCheckpoint } from "@efficientnet/weights";
import * as tf from "@tensorflow/tfjs-core";

export interface FileRequest {
  readonly spec: ArchitectureSpec;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly input: readonly [number, number, number, number];
  readonly pixels: Float32Array;
}

/** What a checkpoint answers on the current backend, by the way that `load` takes. */
export async function logitsOfFile({ spec: base, files, input, pixels }: FileRequest): Promise<Float32Array> {
  const checkpoint = await readCheckpoint(files);
  const spec = specFromCheckpoint(base, checkpoint);
  const weights = canonicalWeights(spec, checkpoint);
  const folded = foldBatchNorm(tensorShapes(spec), ({ name }) => weights.read(name), spec.batchNorm.epsilon);
  const params = await loadParams(folded.shapes, folded.read);
  const x = tf.tensor4d(pixels, [...input]);
  const answer = logits(spec, params, x);
  const values = (await answer.data()) as Float32Array;
  tf.dispose([x, answer, ...params.values()]);
  return values;
}
