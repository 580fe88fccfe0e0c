import type { ArchitectureSpec, TensorRole } from "@efficientnet/specs";

/** Naming families: who names and lays out the arrays of a checkpoint. */
export type Family =
  | "canonical"
  | "timm"
  | "torchvision"
  | "torchvision-mnasnet"
  | "lukemelas"
  | "transformers"
  | "keras-v1"
  | "keras-v2"
  | "keras-numbered"
  | "tensorflow"
  | "tensorflow-mnasnet"
  | "tflite"
  | "tfjs-graph";

/**
 * A family's names and layouts as data. A foreign name is the name of a layer, the separator, and the name of the
 * parameter: `blocks.0.0.bn1` `.` `running_mean`.
 */
export interface FamilyNames {
  /** Foreign layer of the classifier. */
  readonly classifier: string;
  /** Canonical layer (a tensor name without its last part) to foreign layer, for all others this family can have. */
  readonly layers: (spec: ArchitectureSpec) => ReadonlyMap<string, string>;
  readonly separator: "." | "/";
  readonly parameters: Readonly<Record<TensorRole, string>>;
  /** Axis i of the canonical array is axis `axes[role][i]` of the foreign one; absent where both are the same. */
  readonly axes: Readonly<Partial<Record<TensorRole, readonly number[]>>>;
  /** Spellings of one name that a file may use, brought to the one the map uses. */
  readonly normalise: (name: string) => string;
  /** File names that win where a file spells an array twice, such as moving averages over plain copies. */
  readonly preferred?: RegExp;
  /** Foreign layer that stands for the classifier in a file without it, by all normalised names and their shapes. */
  readonly findClassifier?: (shapes: ReadonlyMap<string, readonly number[]>) => string | null;
  /** Normalised names that no network needs. */
  readonly ignorable: RegExp;
  /** Matches a normalised name that only this family has. */
  readonly marker: RegExp;
}
