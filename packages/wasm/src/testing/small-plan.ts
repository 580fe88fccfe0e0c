import { type CompilePlanOptions, compilePlan, type Plan } from "@efficientnet/plan";
import { type ArchitectureSpec, getSpec, tensorShapes } from "@efficientnet/specs";
import { uniformArray } from "@efficientnet-tooling/testing";

/** A network with every kind of step, small enough for a test. */
const SMALL: ArchitectureSpec = getSpec("test-efficientnet");

/** A plan of the small network with values by formula. */
export function smallPlan(options: CompilePlanOptions = {}): Plan {
  const shapes = new Map(tensorShapes(SMALL).map((tensor) => [tensor.name, tensor]));
  const read = (name: string): Float32Array => {
    const { role = "bias", shape = [] } = shapes.get(name) ?? {};
    const size = shape.reduce((product, side) => product * side, 1);
    if (role === "variance" || role === "gamma") return uniformArray(name, size, 0.25, 1);
    const fanIn = size / (shape.at(-1) ?? 1);
    return uniformArray(
      name,
      size,
      role === "depthwise-kernel" ? 0.5 : role.endsWith("kernel") ? Math.sqrt(3 / fanIn) : 0.1,
    );
  };
  return compilePlan(SMALL, read, { imageSize: 64, ...options });
}
