import { type ConstantId, constantSize, type Plan, type PlanStep } from "@efficientnet/plan";
import { GATES, PANEL, packGroups, packPanels, packTransposed, roundUp } from "./pack-weights.js";
import { packWinograd, suitsWinograd, winogradSize } from "./winograd.js";

/** A constant in the layout that a kernel reads: how many floats it takes, and how to read and write them. */
export interface PackedConstant {
  readonly id: ConstantId;
  readonly size: number;
  write(to: Float32Array): void;
}

/** How many values a constant has, without reading them. */
export function sizeOf({ constants }: Pick<Plan, "constants">, id: ConstantId): number {
  const constant = constants[id];
  return constant === undefined ? 0 : constantSize(constant);
}

/** Every constant of a plan as its step wants it. */
export function packedConstants(plan: Plan): readonly PackedConstant[] {
  return plan.steps.flatMap((step) => packedOf(plan, step));
}

function packedOf(plan: Plan, step: PlanStep): readonly PackedConstant[] {
  const values = (id: ConstantId) => plan.constants[id]?.values ?? new Float32Array();
  const size = (id: ConstantId) => sizeOf(plan, id);
  const copied = (id: ConstantId, multiple = 4): PackedConstant => ({
    id,
    size: roundUp(size(id), multiple),
    write: (to) => to.set(values(id)),
  });
  switch (step.kind) {
    case "pool":
      return [];
    case "conv":
    case "dense": {
      const n = size(step.bias);
      const k = size(step.kernel) / n;
      const kernel: PackedConstant =
        step.kind === "conv" && suitsWinograd(plan, step)
          ? {
              id: step.kernel,
              size: winogradSize(k / 9, n),
              write: (to) => packWinograd(values(step.kernel), step.stride, k / 9, n, to),
            }
          : {
              id: step.kernel,
              size: roundUp(k, 4) * roundUp(n, PANEL),
              write: (to) => packPanels(values(step.kernel), n, to),
            };
      const border = step.kind === "conv" && step.border !== null ? [copied(step.border)] : [];
      return [kernel, copied(step.bias, PANEL), ...border];
    }
    case "depthwise": {
      const channels = size(step.bias);
      const kernel: PackedConstant = {
        id: step.kernel,
        size: roundUp(channels, 4) * step.kernelSize ** 2,
        write: (to) => packGroups(values(step.kernel), channels, to),
      };
      return [kernel, copied(step.bias)];
    }
    case "squeeze": {
      const channels = size(step.expandBias);
      const squeezed = size(step.reduceBias);
      const reduce: PackedConstant = {
        id: step.reduceKernel,
        size: roundUp(squeezed, 4) * roundUp(channels, 4),
        write: (to) => packTransposed(values(step.reduceKernel), squeezed, to),
      };
      const expand: PackedConstant = {
        id: step.expandKernel,
        size: squeezed * roundUp(channels, GATES),
        write: (to) => packPanels(values(step.expandKernel), channels, to, { columns: GATES, multiple: 1 }),
      };
      return [reduce, copied(step.reduceBias), expand, copied(step.expandBias, GATES)];
    }
  }
}
