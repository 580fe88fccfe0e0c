import { EfficientNetError } from "@efficientnet/errors";
import type { Schedule, Stage } from "./recipe.js";
import { regulariserRules } from "./regulariser-rules.js";
import { COUNT, check, exactly, OBJECT, oneOf, POSITIVE } from "./rules.js";

/**
 * The schedule that `formatSchedule(schedule, { form: "json" })` wrote, checked: stages follow each other without gap,
 * count in one unit and name the same regularisers.
 *
 * @throws `invalid-argument` for text that is not JSON, or the first impossible value, with its path.
 */
export function parseSchedule(json: string): Schedule {
  const stages = parseStages(json);
  for (const [index, stage] of stages.entries()) checkStage(stage, index, stages[index - 1]);
  return stages;
}

function parseStages(json: string): Schedule {
  const expected = "a JSON array of at least one stage";
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    throw new EfficientNetError("invalid-argument", "the schedule is not JSON", { expected, cause });
  }
  check("the schedule", parsed, [expected, (value) => Array.isArray(value) && value.length > 0]);
  return parsed as Schedule;
}

function checkStage(stage: Stage, index: number, before: Stage | undefined): void {
  const name = `stage ${index}`;
  check(name, stage, OBJECT);
  check(name, stage, {
    index: exactly(index, "its place"),
    unit: oneOf(before === undefined ? ["epochs", "steps"] : [before.unit]),
    start: exactly(before?.end ?? 0, "where the stage before ends"),
    end: ["an integer after its start", (end) => COUNT[1](end) && Number(end) > stage.start],
    imageSize: POSITIVE,
    batchSize: COUNT,
    learningRate: POSITIVE,
    regularisers: regulariserRules(stage.regularisers, (bounds) => bounds),
  });
  const names = namesIn(before ?? stage);
  check(`names of regularisers of ${name}`, namesIn(stage), [names, (value) => value === names]);
}

const namesIn = ({ regularisers }: Stage) => JSON.stringify(Object.keys(regularisers).sort());
