import type { Plan, PlanBuffer, PlanStep } from "@efficientnet/plan";

/** Height, width and channels. */
export type MapSize = readonly [height: number, width: number, channels: number];

/** A plan of one step: buffers 0, 1, ... as given, the first being the input and the second the output. */
export function stepPlan(
  step: PlanStep,
  batch: number,
  sizes: readonly MapSize[],
  constants: readonly Float32Array[],
): Plan {
  let end = 0;
  const buffers = sizes.map(([height, width, channels], i): PlanBuffer => {
    const offset = end;
    end += Math.ceil((batch * height * width * channels) / 16) * 16;
    return { name: `buffer ${i}`, height, width, channels, offset, firstStep: 0, lastStep: 1 };
  });
  return {
    name: step.kind,
    batch,
    input: 0,
    outputs: sizes.flatMap(([height, width, channels], buffer) =>
      buffer === 0 ? [] : [{ name: `${buffer}`, buffer, shape: [batch, height, width, channels] }],
    ),
    buffers,
    constants: constants.map((values, i) => ({ name: `constant ${i}`, shape: [values.length], values })),
    steps: [step],
    arenaSize: end,
  };
}
