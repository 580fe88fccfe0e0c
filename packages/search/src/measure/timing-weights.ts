import { seededRandom } from "@efficientnet/random";
import type { TensorShape } from "@efficientnet/specs";

/**
 * Random values of a tensor that keep a network's maps near 1 without training or calibration, so that no operation meets
 * denormal or infinite numbers, which some processors are slow with: kernels uniform with variance 2 / fanIn.
 */
export function timingWeights({ name, shape, role }: TensorShape): Float32Array {
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
  if (role === "gamma" || role === "variance") return values.fill(1);
  if (!role.endsWith("kernel")) return values;
  const fanIn = role === "depthwise-kernel" ? product(shape.slice(0, 2)) : product(shape.slice(0, -1));
  const limit = Math.sqrt(6 / fanIn);
  const random = seededRandom("timing", name);
  for (let i = 0; i < values.length; i++) values[i] = limit * (2 * random() - 1);
  return values;
}

const product = (sides: readonly number[]) => sides.reduce((all, side) => all * side, 1);
