import { createHash } from "node:crypto";
import { EfficientNetError } from "@efficientnet/errors";
import type { CheckpointFiles } from "@efficientnet/weights";
import { type EfficientNet, load, type NodePictureSource, publishedName } from "efficientnet/node";
import { inFile } from "../files/in-file.js";
import { isSpecFile, readSpec } from "../files/read-spec.js";
import { readWeights } from "../files/read-weights.js";
import type { Report } from "../report.js";
import { shapesNetwork } from "../shapes-network.js";
import { checkBackend } from "./check-backend.js";

export interface NetworkOptions {
  /** Unless given, what the weights say. */
  readonly model?: string;
  /** Path, address or name of the weights; else those that `model` names, and `seed` makes untrained ones. */
  readonly weights?: string;
  readonly seed?: number;
  readonly backend: string;
  /** Without weights and model, the network that comes with this package answers. */
  readonly orShapes?: boolean;
  /** Pictures with more pixels are refused; as the library does unless given. */
  readonly maxPixels?: number;
}

export interface OpenNetwork {
  readonly network: EfficientNet<NodePictureSource>;
  /** Changes with whatever changes embeddings: the weights, and how they are run. */
  readonly id: string;
}

/**
 * Loads the network that the options name, showing progress.
 *
 * @throws as `load` does, naming the weights file where it is to blame; `invalid-argument` when the options do not name
 * a network.
 */
export async function openNetwork(
  options: NetworkOptions,
  report: Report,
  labels?: readonly string[],
): Promise<OpenNetwork> {
  const { model, weights, seed } = options;
  const backend = checkBackend(options.backend);
  const named = model !== undefined && isSpecFile(model) ? await readSpec(model) : model;
  const common = {
    backend,
    labels,
    signal: report.signal,
    onProgress: (fraction: number) => report.progress(`loading ${Math.floor(fraction * 100)} %`),
  };
  const close = (network: OpenNetwork["network"], source: CheckpointFiles | string): OpenNetwork => {
    report.note(`${network.spec.name} on ${network.backend.description}`);
    return { network, id: identify(network, source) };
  };
  const source =
    weights ?? (typeof named === "string" && seed === undefined && isDownloadable(named) ? named : undefined);
  if (source !== undefined) {
    const files = await readWeights(source, report);
    const name = named ?? (await publishedName(source));
    const given = { ...common, weights: files };
    const network = await inFile(source, () => (name === undefined ? load(given) : load(name, given)));
    return close(network, files);
  }
  if (seed !== undefined && named !== undefined) {
    const network = await load(named, { ...common, weights: { seed } });
    report.warn(`this network is untrained (seed ${seed}): its answers mean nothing`);
    return close(network, `seed ${seed}`);
  }
  if (options.orShapes === true && model === undefined && seed === undefined) {
    const bytes = await shapesNetwork(report);
    return close(await load({ ...common, weights: bytes }), bytes);
  }
  throw new EfficientNetError("invalid-argument", "which weights?", {
    expected: "--weights FILE, --model with the name of published weights, or --seed N with --model NAME",
  });
}

/** Names that say where weights are, as `timm/tf_efficientnetv2_b0.in1k` and `hf:owner/name` do. */
function isDownloadable(model: string): boolean {
  return model.includes("/");
}

function identify({ spec, preprocess }: OpenNetwork["network"], source: CheckpointFiles | string): string {
  const digest = createHash("sha256");
  const parts = typeof source === "string" || source instanceof Uint8Array ? [source] : source.values();
  for (const part of parts) digest.update(part);
  digest.update(JSON.stringify([spec, preprocess]));
  return `${spec.name} ${digest.digest("hex").slice(0, 16)}`;
}
