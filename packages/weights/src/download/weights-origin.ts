import type { Settings } from "./settings.js";
import type { OnBytes } from "./transfer.js";
import type { WeightsSource } from "./weights-source.js";

/** One file that can be had, wherever it is. */
export interface WeightsPart {
  readonly name: string;
  /** Its length if that can be known beforehand. */
  readonly size: () => Promise<number | null>;
  readonly read: (onBytes: OnBytes) => Promise<Uint8Array>;
}

/** Where a set of weights is: a file, and access to what lies beside it. */
export interface WeightsOrigin {
  readonly main: WeightsPart;
  readonly beside: (name: string) => WeightsPart;
}

/** Turns a kind of source into its files. */
export type OpenSource<Kind extends WeightsSource["kind"]> = (
  source: Extract<WeightsSource, { readonly kind: Kind }>,
  settings: Settings,
) => WeightsOrigin | Promise<WeightsOrigin>;
