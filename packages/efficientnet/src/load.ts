import type { BackendName, PreparedBackend, PrepareOptions } from "@efficientnet/backends";
import { EfficientNetError } from "@efficientnet/errors";
import { foldBatchNorm, initTensor, loadParams, type ReadTensor } from "@efficientnet/model";
import { type ArchitectureSpec, type PreprocessSpec, tensorShapes, validateSpec } from "@efficientnet/specs";
import { type Checkpoint, canonicalWeights } from "@efficientnet/weights";
import { createEfficientNet } from "./create-efficient-net.js";
import type { DecodePicture, EfficientNet } from "./efficient-net.js";
import { resolveModel } from "./resolve-model.js";
import { type ReadSource, readWeights, type WeightsSource } from "./weights-source.js";

export interface LoadOptions<Weights, Backend> {
  /** Where the weights are, or `{ seed }` for a network that was never trained. */
  readonly weights: Weights | WeightsSource;
  readonly backend?: Backend | PreparedBackend | undefined;
  /** How pictures are prepared, where the published way is not wanted or not known. */
  readonly preprocess?: PreprocessSpec | undefined;
  /** Names of the classes in order, in place of ImageNet's. */
  readonly labels?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the share done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** Where tfjs's .wasm files are, for the wasm backend in a page. */
  readonly wasmPaths?: PrepareOptions["wasmPaths"];
}

/** What differs between a page, Node, and a page that bundles one backend only. */
export interface Environment<Source, Weights, Backend> {
  readonly decode: DecodePicture<Source>;
  readonly readSource: ReadSource<Weights>;
  prepare(backend: Backend | undefined, options: PrepareOptions): Promise<PreparedBackend>;
}

export type Load<Source, Weights, Backend> = (
  model: string | ArchitectureSpec,
  options: LoadOptions<Weights, Backend>,
) => Promise<EfficientNet<Source>>;

/**
 * Makes the `load` of one environment: name and weights to spec, weights onto the backend with batch norm folded, and
 * a network that takes pictures. When anything fails nothing stays behind on the device.
 */
export function createLoad<Source, Weights, Backend = BackendName | "auto" | readonly BackendName[]>(
  environment: Environment<Source, Weights, Backend>,
): Load<Source, Weights, Backend> {
  return async (model, options) => {
    const checkpoint = await readWeights(options.weights, environment.readSource, options);
    const { spec, preprocess, imagenet } = await resolveModel(
      model,
      "seed" in checkpoint ? null : checkpoint,
      options.preprocess,
    );
    validateSpec(spec);
    const labels = await labelsFor(spec, imagenet, options.labels);
    const tensors = foldBatchNorm(tensorShapes(spec), tensorReader(spec, checkpoint), spec.batchNorm.epsilon);
    // A backend that was handed in stays its owner's: disposing the network must not take it away.
    const backend = isPrepared(options.backend)
      ? { ...options.backend, dispose: () => undefined }
      : await environment.prepare(
          options.backend,
          options.wasmPaths === undefined ? {} : { wasmPaths: options.wasmPaths },
        );
    try {
      const params = await backend.guard(() => loadParams(tensors.shapes, tensors.read, options));
      return createEfficientNet({ spec, params, preprocess, labels, backend }, environment.decode);
    } catch (error) {
      backend.dispose();
      throw error;
    }
  };
}

function tensorReader(spec: ArchitectureSpec, source: Checkpoint | { readonly seed: number }): ReadTensor {
  if ("seed" in source) return (tensor) => initTensor(tensor, source.seed);
  const weights = canonicalWeights(spec, source);
  return ({ name }) => weights.read(name);
}

async function labelsFor(
  spec: ArchitectureSpec,
  imagenet: boolean,
  labels?: readonly string[],
): Promise<readonly string[] | null> {
  const { classes } = spec.head;
  if (labels === undefined) return imagenet ? (await import("./labels.js")).IMAGENET_1K_LABELS : null;
  if (labels.length === classes) return labels;
  throw new EfficientNetError("invalid-argument", `${labels.length} labels for ${classes ?? "no"} classes`, {
    expected: classes === null ? "no labels, since these weights have no classifier" : `${classes} labels`,
    received: `${labels.length} labels`,
  });
}

function isPrepared(backend: unknown): backend is PreparedBackend {
  return typeof backend === "object" && backend !== null && "guard" in backend;
}
