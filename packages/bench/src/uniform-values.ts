import { seededRandom } from "@efficientnet/random";

/** `length` values, uniform from `offset - scale` to `offset + scale`, the same for the same name everywhere. */
export function uniformValues(name: string, length: number, scale: number, offset = 0): Float32Array {
  const random = seededRandom(name);
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = offset + scale * (2 * random() - 1);
  return values;
}
