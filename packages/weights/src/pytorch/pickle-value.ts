import type { DType } from "../dtype.js";

/** Plain data that a pickle describes. Nothing of it is ever looked up, called or instantiated. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleList
  | PickleTuple
  | PickleDict
  | PickleGlobal
  | PickleStorage
  | PickleTensor
  | PickleOpaque;

export interface PickleList {
  readonly kind: "list";
  readonly items: PickleValue[];
}

export interface PickleTuple {
  readonly kind: "tuple";
  readonly items: readonly PickleValue[];
}

/** A dict of any sort, ordered or with defaults. */
export interface PickleDict {
  readonly kind: "dict";
  readonly entries: Map<PickleValue, PickleValue>;
}

/** The name of a class or function, as text: `torch.FloatStorage`. */
export interface PickleGlobal {
  readonly kind: "global";
  readonly name: string;
}

/** Elements of a file's storage that a pickle refers to; the bytes lie elsewhere. */
export interface PickleStorage {
  readonly kind: "storage";
  readonly key: string;
  /** Null for untyped bytes, whose tensors say what they hold. */
  readonly dtype: DType | null;
  /** Elements (bytes where untyped) of the whole storage, and the part of it meant here. */
  readonly storageLength: number;
  readonly offset: number;
  readonly length: number;
}

export interface PickleTensor {
  readonly kind: "tensor";
  readonly storage: PickleStorage;
  readonly dtype: DType;
  /** In elements, from the start of the storage. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** In elements. */
  readonly strides: readonly number[];
}

/** A harmless object without meaning for weights, of which only the name is kept. */
export interface PickleOpaque {
  readonly kind: "opaque";
  readonly name: string;
}

export const opaque = (name: string): PickleOpaque => ({ kind: "opaque", name });

/** How a message names a value. */
export function describeValue(value: PickleValue): string {
  if (value === null) return "None";
  if (typeof value !== "object") return typeof value === "string" ? "a string" : `a ${typeof value}`;
  if (value.kind === "global" || value.kind === "opaque") return printable(value.name);
  return `a ${value.kind}`;
}

/** A name out of a hostile file as part of a message. */
export function printable(name: string): string {
  return /^[\w.]{1,200}$/.test(name) ? name : JSON.stringify(name.slice(0, 200));
}
