import { applyPart, classify, foldBatchNorm, loadParams, networkParts } from "@efficientnet/model";
import { type ArchitectureSpec, expandBlocks, tensorShapes } from "@efficientnet/specs";
import { canonicalWeights, specForArch, specFromCheckpoint } from "@efficientnet/weights";
import * as tf from "@tensorflow/tfjs-core";
import { compareLogits, compareSummary } from "./compare.js";
import { goldenCheckpoint, goldenInput, type NetGolden } from "./net-golden.js";

export interface NetReport {
  /** Worst difference of a logit, in standard deviations of the logits. */
  readonly logits: number;
  /** Worst difference of a feature map, in standard deviations of that map. */
  readonly feature: number;
  /** The map where it stands. */
  readonly where: string;
}

/**
 * Runs a golden on the current backend and says how far it is from the reference.
 *
 * The net is streamed: each part's tensors are filled, folded, loaded, used and disposed before the next part's, so
 * that the largest nets need little more memory than their largest part.
 */
export async function checkNet(golden: NetGolden): Promise<NetReport> {
  const checkpoint = goldenCheckpoint(golden);
  const spec = specFromCheckpoint(specForArch(golden.family, golden.arch), checkpoint);
  const weights = canonicalWeights(spec, checkpoint);
  const folded = foldBatchNorm(tensorShapes(spec), ({ name }) => weights.read(name), spec.batchNorm.epsilon);
  const load = (prefix: string) =>
    loadParams(
      folded.shapes.filter(({ name }) => name.startsWith(`${prefix}.`)),
      folded.read,
    );
  const context = { mode: { training: false }, epsilon: spec.batchNorm.epsilon } as const;
  const names = featureNames(spec);
  let worst = { feature: 0, where: "none" };
  let map = tf.tensor4d(goldenInput(golden.input), [...golden.input]);
  for (const part of networkParts(spec)) {
    const params = await load(part.name);
    const input = map;
    map = tf.tidy(() => applyPart(part, params, input, context));
    const where = names.get(part.name) ?? "";
    const expected = golden.features[where];
    // Reading the map also waits for the device, which still needs the parameters until then.
    const values = await map.data();
    if (expected !== undefined) {
      const feature = compareSummary(values, map.shape, expected);
      if (feature > worst.feature) worst = { feature, where };
    }
    tf.dispose([input, ...params.values()]);
  }
  const params = await load("classifier");
  const answer = tf.tidy(() => classify(spec, params, tf.mean(map, [1, 2])));
  const logits = compareLogits(await answer.data(), golden.logits);
  tf.dispose([map, answer, ...params.values()]);
  return { logits, ...worst };
}

/** The goldens name stages from 1; a stage's map is that of its last block. */
function featureNames(spec: ArchitectureSpec): ReadonlyMap<string, string> {
  const stages = new Map(expandBlocks(spec).map((block) => [block.stage, block.name]));
  return new Map([
    ["stem", "stem"],
    ...[...stages].map(([stage, name]) => [name, `stage${stage + 1}`] as const),
    ["head", "head"],
  ]);
}
