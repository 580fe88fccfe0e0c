import { EfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, getSpec, validateSpec } from "@efficientnet/specs";
import type { SearchSpace, StageFields } from "./search-space.js";
import { validateSpace } from "./validate-space.js";

/** Fields that a space may decide; the compiler sees that none is missing. */
const FIELDS: Readonly<Record<keyof StageFields, true>> = {
  block: true,
  kernelSize: true,
  expandRatio: true,
  outChannels: true,
  repeats: true,
  seRatio: true,
  skip: true,
};

type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A space of your own from JSON: `{ name, base, stages }`, the base a spec or the name of one, and for each of its stages
 * the decisions, `{ name, options: [{ kernelSize: 3 }, { kernelSize: 5 }] }`. Every option is tried on the base.
 *
 * @throws `wrong-file` for what is not JSON or has another form, `unknown-name` for a base, `invalid-argument` for a space
 * in which a network would have two genotypes or none, or an option that makes no network.
 */
export function parseSpace(text: string): SearchSpace {
  const { name, base, stages } = objectAt(readJson(text), "the space");
  if (typeof name !== "string" || name === "") throw wrong("name of the space", name, "a name");
  const space: SearchSpace = {
    name,
    base: typeof base === "string" ? getSpec(base) : (objectAt(base, "base") as unknown as ArchitectureSpec),
    stages: arrayAt(stages, "stages").map((stage, index) =>
      arrayAt(stage, `stages[${index}]`).map((dimension, place) => {
        const path = `stages[${index}][${place}]`;
        const { name: decision, options } = objectAt(dimension, path);
        if (typeof decision !== "string" || decision === "") throw wrong(`${path}.name`, decision, "a name");
        return {
          name: decision,
          options: arrayAt(options, `${path}.options`).map((option, i) => fieldsAt(option, `${path}.options[${i}]`)),
        };
      }),
    ),
  };
  validateSpec(space.base);
  validateSpace(space);
  checkOptions(space);
  return space;
}

/** The text of a space's file: the inverse of `parseSpace`. */
export function formatSpace(space: SearchSpace): string {
  return `${JSON.stringify(space, null, 2)}\n`;
}

/** Tries every option alone, the other decisions at their first. */
function checkOptions({ name, base, stages }: SearchSpace): void {
  const first = base.stages.map((stage, index) => Object.assign({ ...stage }, ...firsts(stages[index] ?? [])));
  stages.forEach((dimensions, index) => {
    for (const { name: decision, options } of dimensions) {
      options.forEach((option, choice) => {
        const stage = { projection: true, ...first[index], ...option, inChannels: first[index].inChannels };
        const alone = { ...base, name, stages: [...base.stages.slice(0, index), stage] };
        try {
          validateSpec(alone);
        } catch (cause) {
          if (!(cause instanceof EfficientNetError)) throw cause;
          const fact = `option ${choice} of ${decision} of stage ${index} makes no network: ${cause.message}`;
          throw new EfficientNetError("invalid-argument", fact, { cause });
        }
      });
    }
  });
}

const firsts = (dimensions: SearchSpace["stages"][number]) => dimensions.map(({ options }) => options[0] ?? {});

function fieldsAt(value: unknown, path: string): StageFields {
  const option = objectAt(value, path);
  for (const field of Object.keys(option)) {
    if (Object.hasOwn(FIELDS, field)) continue;
    throw new EfficientNetError("wrong-file", `${path} sets ${field}`, { expected: Object.keys(FIELDS).join(", ") });
  }
  return option;
}

function objectAt(value: unknown, path: string): Data {
  if (isData(value)) return value;
  throw wrong(path, value, "an object");
}

function arrayAt(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(path, value, "a list");
}

function wrong(path: string, value: unknown, expected: string): EfficientNetError {
  return new EfficientNetError("wrong-file", `${path} is ${JSON.stringify(value)}`, { expected });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EfficientNetError("wrong-file", "the space is not JSON", { cause });
  }
}
