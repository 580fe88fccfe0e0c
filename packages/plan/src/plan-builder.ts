import { EfficientNetError, formatShape } from "@efficientnet/errors";
import { placeBuffers } from "./place-buffers.js";
import type { BufferId, ConstantId, Plan, PlanBuffer, PlanConstant, PlanOutput, PlanStep } from "./plan.js";

/** Height, width and channels of a map. */
export interface MapShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

type Draft = Pick<PlanBuffer, "name" | "height" | "width" | "channels">;

export interface PlanBuilder {
  addBuffer(name: string, shape: MapShape): BufferId;
  /**
   * Adds values, or what gives them when they are asked for.
   *
   * @throws `wrong-shape`, then, when there are more or fewer values than the shape says.
   */
  addConstant(name: string, shape: readonly number[], values: Float32Array | (() => Float32Array)): ConstantId;
  addStep(step: PlanStep): BufferId;
  shapeOf(buffer: BufferId): MapShape;
  /** Places the buffers: the first one is the input, and those of `outputs` live to the end. */
  finish(name: string, batch: number, outputs: readonly PlanOutput[]): Plan;
}

/** Collects steps and what they touch; lifetimes and places follow from the finished list. */
export function planBuilder(): PlanBuilder {
  const buffers: Draft[] = [];
  const constants: PlanConstant[] = [];
  const steps: PlanStep[] = [];
  return {
    addBuffer: (name, { height, width, channels }) => buffers.push({ name, height, width, channels }) - 1,
    addConstant(name, shape, values) {
      const constant =
        typeof values !== "function"
          ? { name, shape, values: checkSize(name, shape, values) }
          : {
              name,
              shape,
              get values() {
                return checkSize(name, shape, values());
              },
            };
      return constants.push(constant) - 1;
    },
    addStep(step) {
      steps.push(step);
      return step.output;
    },
    shapeOf: (buffer) => buffers[buffer] as Draft,
    finish(name, batch, outputs) {
      const handedOut = new Set(outputs.map(({ buffer }) => buffer));
      const lives = buffers.map((draft, id) => ({
        ...draft,
        size: batch * draft.height * draft.width * draft.channels,
        firstStep: steps.findIndex((step) => writtenBy(step).includes(id)),
        lastStep: handedOut.has(id) ? steps.length : steps.findLastIndex((step) => readBy(step).includes(id)),
      }));
      const { offsets, arenaSize } = placeBuffers(lives);
      const placed = lives.map(({ size: _, ...life }, id) => ({ ...life, offset: offsets[id] ?? 0 }));
      return { name, batch, input: 0, outputs, buffers: placed, constants, steps, arenaSize };
    },
  };
}

/** How many values a constant has. */
export const constantSize = ({ shape }: Pick<PlanConstant, "shape">): number =>
  shape.reduce((product, side) => product * side, 1);

function checkSize(name: string, shape: readonly number[], values: Float32Array): Float32Array {
  if (values.length === constantSize({ shape })) return values;
  throw new EfficientNetError("wrong-shape", `${name} has ${values.length} values`, { expected: formatShape(shape) });
}

/** The buffers that a step writes. */
export function writtenBy(step: PlanStep): readonly BufferId[] {
  return step.kind === "depthwise" && step.sums !== null ? [step.output, step.sums] : [step.output];
}

/** The buffers that a step reads. */
export function readBy(step: PlanStep): readonly BufferId[] {
  if (step.kind !== "conv") return [step.input];
  return [step.input, step.gate, step.residual].filter((buffer) => buffer !== null);
}

/** The constants that a step reads. */
export function constantsOf(step: PlanStep): readonly ConstantId[] {
  switch (step.kind) {
    case "pool":
      return [];
    case "squeeze":
      return [step.reduceKernel, step.reduceBias, step.expandKernel, step.expandBias];
    case "conv":
      return [step.kernel, step.bias, ...(step.border === null ? [] : [step.border])];
    case "depthwise":
    case "dense":
      return [step.kernel, step.bias];
  }
}
