import type { Schedule } from "./recipe.js";
import { COUNT, check } from "./rules.js";

/**
 * The same schedule counted in steps: an epoch of a stage is `floor(examples / batchSize)` steps, the last incomplete
 * batch being left out. A schedule that counts steps already is returned as it is.
 *
 * @param examples Examples in one epoch.
 * @throws `invalid-argument` when a batch is larger than an epoch.
 */
export function scheduleInSteps<Name extends string>(schedule: Schedule<Name>, examples: number): Schedule<Name> {
  check("the number of examples", examples, COUNT);
  let end = 0;
  return schedule.map((stage) => {
    if (stage.unit === "steps") return stage;
    const stepsPerEpoch = Math.floor(examples / stage.batchSize);
    check(`the number of whole batches of ${stage.batchSize} in ${examples} examples`, stepsPerEpoch, COUNT);
    const start = end;
    end += (stage.end - stage.start) * stepsPerEpoch;
    return { ...stage, unit: "steps", start, end };
  });
}
