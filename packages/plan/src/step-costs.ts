import type { BufferId, ConstantId, Plan, PlanStep } from "./plan.js";
import { constantSize, constantsOf, readBy, writtenBy } from "./plan-builder.js";

/** What a step costs at the plan's batch. */
export interface StepCost {
  readonly name: string;
  readonly kind: PlanStep["kind"];
  /** Multiply-adds of its convolutions and dense layers. */
  readonly macs: number;
  /** Bytes of maps that it reads and writes, each once. */
  readonly mapBytes: number;
  /** Bytes of parameters that it reads, each once. */
  readonly weightBytes: number;
}

/** The cost of every step, in order. */
export function stepCosts(plan: Plan): readonly StepCost[] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const elements = (id: BufferId) => {
    const { height = 0, width = 0, channels = 0 } = plan.buffers[id] ?? {};
    return plan.batch * height * width * channels;
  };
  return plan.steps.map((step) => ({
    name: step.name,
    kind: step.kind,
    macs: macsOf(plan, step, elements),
    mapBytes: 4 * sum([...readBy(step), ...writtenBy(step)].map(elements)),
    weightBytes: 4 * sum(constantsOf(step).map((id) => sizeOf(plan, id))),
  }));
}

function sizeOf({ constants }: Plan, id: ConstantId): number {
  const constant = constants[id];
  return constant === undefined ? 0 : constantSize(constant);
}

function macsOf(plan: Plan, step: PlanStep, elements: (id: BufferId) => number): number {
  const channels = (id: BufferId) => plan.buffers[id]?.channels ?? 0;
  switch (step.kind) {
    case "conv":
      return elements(step.output) * step.kernelSize ** 2 * channels(step.input);
    case "depthwise":
      return elements(step.output) * step.kernelSize ** 2;
    case "squeeze":
      return plan.batch * 2 * sizeOf(plan, step.reduceKernel);
    case "dense":
      return elements(step.output) * channels(step.input);
    case "pool":
      return 0;
  }
}
