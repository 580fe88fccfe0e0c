import { unknownName } from "@efficientnet/errors";
import { networkParts, type Part } from "@efficientnet/model";
import { type ArchitectureSpec, isTrainable, tensorShapes } from "@efficientnet/specs";

/** A network cut in two: what stays as it is, and what is trained; the classifier is always trained. */
export interface SplitNetwork {
  readonly frozen: readonly Part[];
  readonly trained: readonly Part[];
  /** Names of the tensors that get gradients, in forward order. */
  readonly names: readonly string[];
}

/** Where training begins, and all before it is frozen: null for the whole network. */
export type TrainFrom = string | null;

/** Where nothing but the classifier is trained. */
export const CLASSIFIER = "classifier";

/**
 * Cuts a network before a part (`stages.4.0`, `head`), a stage (`stages.4`), or the `classifier`.
 *
 * @throws `unknown-name` for another text.
 */
export function splitNetwork(spec: ArchitectureSpec, trainFrom: TrainFrom): SplitNetwork {
  const parts = networkParts(spec);
  const cut = cutBefore(parts, trainFrom);
  const trained = parts.slice(cut);
  const prefixes = [...trained.map(({ name }) => `${name}.`), `${CLASSIFIER}.`];
  const names = tensorShapes(spec)
    .filter((tensor) => isTrainable(tensor) && prefixes.some((prefix) => tensor.name.startsWith(prefix)))
    .map(({ name }) => name);
  return { frozen: parts.slice(0, cut), trained, names };
}

function cutBefore(parts: readonly Part[], trainFrom: TrainFrom): number {
  if (trainFrom === null) return 0;
  if (trainFrom === CLASSIFIER) return parts.length;
  const cut = parts.findIndex(({ name }) => name === trainFrom || name.startsWith(`${trainFrom}.`));
  if (cut >= 0) return cut;
  const stages = new Set(parts.flatMap(({ name }) => (name.startsWith("stages.") ? [name.replace(/\.\d+$/, "")] : [])));
  throw unknownName("part to train from", trainFrom, [...stages, ...parts.map(({ name }) => name), CLASSIFIER]);
}
