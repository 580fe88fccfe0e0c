import type { Schedule, Stage } from "./recipe.js";
import { invalid } from "./rules.js";

/**
 * The stage that training is in at a position, which is all a resumed run needs to know: stage i holds the positions in
 * `[start, end)`. Positions count in the schedule's unit and may lie within an epoch: 87.5.
 *
 * @throws `invalid-argument` for a position before the start, or at or past the end, where nothing is left to train.
 */
export function stageAt<Name extends string>(schedule: Schedule<Name>, position: number): Stage<Name> {
  const stage = schedule.find(({ start, end }) => start <= position && position < end);
  if (stage !== undefined) return stage;
  const { unit = "steps", end = 0 } = schedule.at(-1) ?? {};
  throw invalid("the position", position, `a number of ${unit} in [0, ${end})`);
}
