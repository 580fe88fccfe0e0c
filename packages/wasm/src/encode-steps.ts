import type { BufferId, ConstantId, Plan, PlanStep } from "@efficientnet/plan";
import type { Activation } from "@efficientnet/specs";
import { ACTIVATIONS, STEP_FIELDS, STEP_KINDS } from "./kernels.generated.js";
import type { MemoryLayout } from "./memory-layout.js";
import { sizeOf } from "./packed-constants.js";
import { suitsWinograd } from "./winograd.js";

type Field = (typeof STEP_FIELDS)[number];

/** Writes the steps as the kernels read them. */
export function encodeSteps(plan: Plan, layout: MemoryLayout, memory: ArrayBufferLike): void {
  const addresses = new Map(layout.constants.map(({ id, at }) => [id, at]));
  const addressOf = { buffer: bufferAddress(plan, layout), constant: (id: ConstantId) => addresses.get(id) ?? 0 };
  const stepBytes = STEP_FIELDS.length * 4;
  for (const [i, step] of plan.steps.entries()) {
    const view = new DataView(memory, layout.steps + i * stepBytes, stepBytes);
    const fields: Fields = { ...fieldsOf(plan, step, addressOf), tilesPerBlock: layout.tilesPerBlock[i] ?? 0 };
    for (const [at, name] of STEP_FIELDS.entries()) {
      if (name === "scale") view.setFloat32(at * 4, fields[name] ?? 0, true);
      else view.setUint32(at * 4, fields[name] ?? 0, true);
    }
  }
}

type Fields = Partial<Readonly<Record<Field, number>>>;

interface AddressOf {
  buffer(id: BufferId | null): number;
  constant(id: ConstantId): number;
}

/** Where a buffer begins, in bytes; 0 for none. */
export function bufferAddress(
  plan: Pick<Plan, "buffers">,
  layout: Pick<MemoryLayout, "arena">,
): (id: BufferId | null) => number {
  const { buffers } = plan;
  return (id) => (id === null ? 0 : layout.arena + 4 * (buffers[id]?.offset ?? 0));
}

export function activationCode(activation: Activation | "sigmoid" | null): number {
  return ACTIVATIONS.indexOf(activation ?? "none");
}

function fieldsOf(plan: Plan, step: PlanStep, { buffer, constant }: AddressOf): Fields {
  const shapes = {
    ...shapeFields(plan, step.input, ["inHeight", "inWidth", "inChannels"]),
    ...shapeFields(plan, step.output, ["outHeight", "outWidth", "outChannels"]),
    input: buffer(step.input),
    output: buffer(step.output),
  };
  switch (step.kind) {
    case "conv": {
      const { kernelSize, stride, padTop, padLeft } = step;
      return {
        ...shapes,
        kind: kindCode(suitsWinograd(plan, step) ? "winograd" : "conv"),
        ...{ kernelSize, stride, padTop, padLeft, activation: activationCode(step.activation) },
        ...{ kernel: constant(step.kernel), bias: constant(step.bias) },
        ...{ residual: buffer(step.residual), gate: buffer(step.gate) },
        border: step.border === null ? 0 : constant(step.border),
      };
    }
    case "depthwise": {
      const { kernelSize, stride, padTop, padLeft } = step;
      return {
        ...shapes,
        ...{ kind: kindCode("depthwise"), kernelSize, stride, padTop, padLeft },
        ...{ activation: activationCode(step.activation), sums: buffer(step.sums) },
        ...{ kernel: constant(step.kernel), bias: constant(step.bias) },
      };
    }
    case "squeeze":
      return {
        ...shapes,
        ...{ kind: kindCode("squeeze"), scale: step.scale, activation: activationCode(step.activation) },
        ...{ kernel: constant(step.reduceKernel), bias: constant(step.reduceBias) },
        ...{ expandKernel: constant(step.expandKernel), expandBias: constant(step.expandBias) },
        squeezed: sizeOf(plan, step.reduceBias),
      };
    case "pool":
      return { ...shapes, kind: kindCode("pool") };
    case "dense":
      return {
        ...shapes,
        ...{ kind: kindCode("conv"), kernelSize: 1, stride: 1, activation: activationCode(null) },
        ...{ kernel: constant(step.kernel), bias: constant(step.bias) },
      };
  }
}

const kindCode = (kind: (typeof STEP_KINDS)[number]) => STEP_KINDS.indexOf(kind);

function shapeFields(plan: Plan, id: BufferId, [height, width, channels]: readonly [Field, Field, Field]): Fields {
  const map = plan.buffers[id];
  return { [height]: map?.height ?? 0, [width]: map?.width ?? 0, [channels]: map?.channels ?? 0 };
}
