import type { ArchitectureSpec } from "@efficientnet/specs";
import { type Checkpoint, type Family, nameMap, type StoredTensor } from "../index.js";

type Entries = Iterable<readonly [name: string, shape: readonly number[]]>;

/** A checkpoint of zeros: only its names and shapes matter. */
export function outline(entries: Entries): Checkpoint {
  const tensor = (shape: readonly number[]): StoredTensor => ({
    dtype: "F32",
    shape,
    read: () => new Float32Array(shape.reduce((product, size) => product * size, 1)),
  });
  const tensors = new Map([...entries].map(([name, shape]) => [name, tensor(shape)]));
  return { format: "safetensors", tensors, metadata: new Map() };
}

/** Names and shapes of a network in a family. */
export function entriesOf(family: Family, spec: ArchitectureSpec): readonly (readonly [string, readonly number[]])[] {
  return nameMap(family, spec).map(({ foreign, foreignShape }) => [foreign, foreignShape]);
}

export function outlineOf(family: Family, spec: ArchitectureSpec, rename = (name: string) => name): Checkpoint {
  return outline(entriesOf(family, spec).map(([name, shape]) => [rename(name), shape]));
}
