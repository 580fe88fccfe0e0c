import { EfficientNetError } from "@efficientnet/errors";
import type { StoredTensor } from "./checkpoint.js";

/** Named tensors at any depth, as formats nest them that are not flat themselves. */
export type NestedTensors = ReadonlyMap<string, StoredTensor | NestedTensors>;

/** Names under which training scripts keep moving averages of the weights, the most usual first. */
const AVERAGES = ["state_dict_ema", "model_ema", "ema_state_dict", "ema_model", "model_state_dict_ema", "ema"];
/** Names under which they keep the weights themselves; the last is what an average is often wrapped in. */
const PLAIN = ["state_dict", "model_state_dict", "model", "net", "network", "weights", "params", "module"];
/** A Lightning file in a checkpoint in an archive is two deep. */
const MAX_WRAPPERS = 4;

/** Tensors by flat name, and metadata that says where they were found. */
export interface OpenedTensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** `wrapper`: `state_dict_ema`, absent where there was none; `movingAverage`: `true` where averages were taken. */
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * The weights inside a training checkpoint: what is under `state_dict_ema`, `model_ema`, `state_dict`, `model`, `net`
 * and the like, however deep, and nothing of what lies beside it. Moving averages are preferred where they are
 * complete: what was published is nearly always evaluated with them. Names are joined by `.`.
 *
 * @throws `wrong-file` when two tensors get one name.
 */
export function openWrappers(tree: NestedTensors): OpenedTensors {
  let inside = tree;
  const path: string[] = [];
  while (path.length < MAX_WRAPPERS) {
    const name = chooseWrapper(inside);
    const next = name === undefined ? undefined : inside.get(name);
    if (name === undefined || !isNested(next)) break;
    path.push(name);
    inside = next;
  }
  const tensors = new Map<string, StoredTensor>();
  flatten(inside, "", tensors);
  return {
    tensors,
    metadata: new Map([
      ...(path.length > 0 ? [["wrapper", path.join(".")] as const] : []),
      ...(path.some((name) => AVERAGES.includes(name)) ? [["movingAverage", "true"] as const] : []),
    ]),
  };
}

/** Averages of a part of the weights, such as the trainable ones alone, are no network. */
function chooseWrapper(tree: NestedTensors): string | undefined {
  const sizeOf = (name: string) => countWeights(tree.get(name));
  const plain = PLAIN.find((name) => sizeOf(name) > 0);
  const least = plain === undefined ? 1 : sizeOf(plain);
  return AVERAGES.find((name) => sizeOf(name) >= least) ?? plain;
}

/** Tensors below a name, without the counters that averages may leave out. */
function countWeights(value: StoredTensor | NestedTensors | undefined): number {
  if (!isNested(value)) return 0;
  let count = 0;
  for (const [name, inner] of value) {
    if (isNested(inner)) count += countWeights(inner);
    else if (!name.endsWith("num_batches_tracked")) count++;
  }
  return count;
}

function flatten(tree: NestedTensors, prefix: string, into: Map<string, StoredTensor>): void {
  for (const [name, value] of tree) {
    const full = prefix + name;
    if (isNested(value)) flatten(value, `${full}.`, into);
    else if (into.has(full)) {
      throw new EfficientNetError("wrong-file", `the file has two tensors named ${JSON.stringify(full.slice(0, 200))}`);
    } else into.set(full, value);
  }
}

function isNested(value: StoredTensor | NestedTensors | undefined): value is NestedTensors {
  return value instanceof Map;
}
