import type { Checkpoint } from "@efficientnet/weights";

/** A value that no network can run with. */
export interface OddValue {
  readonly name: string;
  readonly index: number;
  readonly value: number;
}

/** The first NaN or infinity of every array that has one. Reads one array at a time. */
export function findOddValues({ tensors }: Checkpoint): readonly OddValue[] {
  return [...tensors].flatMap(([name, tensor]) => {
    const values = tensor.read();
    const index = values.findIndex((value) => !Number.isFinite(value));
    return index < 0 ? [] : [{ name, index, value: values[index] ?? Number.NaN }];
  });
}
