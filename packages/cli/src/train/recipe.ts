import { readFile } from "node:fs/promises";
import { EfficientNetError } from "@efficientnet/errors";
import { ALGORITHM_1, getPreset, type PresetName, type Recipe } from "@efficientnet/progressive";
import type { BatchRecipeOptions, TrainingOptions } from "@efficientnet/train";

/** What `train` is told about how to train. */
export interface RecipeOptions {
  readonly preset?: string;
  readonly recipe?: string;
  readonly epochs?: number;
  readonly batch?: number;
  readonly imageSize?: number;
  readonly fixed?: boolean;
  readonly trainFrom?: string;
  readonly seed: number;
}

/** How to train and how to prepare pictures, as data. */
export interface TrainingRecipe {
  readonly training: TrainingOptions & { readonly schedule: Recipe };
  readonly batches: Omit<BatchRecipeOptions, "preprocess">;
}

/** What a recipe follows from besides the options. */
export interface RecipeFacts {
  readonly network: string;
  /** The size that pictures are classified at. */
  readonly imageSize: number;
  readonly pictures: number;
  /** Training goes on from weights. */
  readonly isFineTuning: boolean;
}

/**
 * The recipe of a file, of a preset, or one for small sets of pictures; then what the options say otherwise.
 *
 * @throws `unknown-name` for a preset or a network that it has no recipe for; `wrong-file` for a file that is no recipe.
 */
export async function trainingRecipe(options: RecipeOptions, facts: RecipeFacts): Promise<TrainingRecipe> {
  const { training, batches } = await baseRecipe(options, facts);
  const { schedule } = training;
  const { epochs, batch, imageSize, trainFrom, seed, fixed } = options;
  const size = imageSize ?? schedule.imageSize.to;
  const grown = {
    ...schedule,
    duration: epochs === undefined ? schedule.duration : ({ unit: "epochs", length: epochs } as const),
    stages: Math.min(schedule.stages, epochs ?? schedule.stages),
    batchSize: batch ?? schedule.batchSize,
    imageSize: {
      ...schedule.imageSize,
      from: Math.round((schedule.imageSize.from * size) / schedule.imageSize.to),
      to: size,
    },
  };
  return {
    batches,
    training: {
      ...training,
      seed,
      ...(trainFrom === undefined ? {} : { trainFrom: trainFrom === "all" ? null : trainFrom }),
      schedule: fixed === true ? atFixedSize(grown) : grown,
    },
  };
}

/** The same training at its largest size and its last regularisation throughout. */
function atFixedSize(recipe: Recipe): Recipe {
  const { duration } = recipe;
  const length = typeof duration.length === "number" ? duration.length : duration.length.reduce((a, b) => a + b, 0);
  return {
    ...recipe,
    name: `${recipe.name} at one size`,
    stages: 1,
    duration: { ...duration, length },
    imageSize: { ...recipe.imageSize, from: recipe.imageSize.to },
    regularisers: Object.fromEntries(
      Object.entries(recipe.regularisers).map(([name, { to }]) => [name, { from: to, to }]),
    ),
  };
}

async function baseRecipe({ recipe, preset }: RecipeOptions, facts: RecipeFacts): Promise<TrainingRecipe> {
  if (recipe !== undefined) return readRecipe(recipe);
  if (preset === undefined) return usualRecipe(facts);
  // The published recipes are for 1,281,167 pictures: their batch is more than many folders hold.
  const published: Recipe = getPreset(preset as PresetName, facts.network);
  const rounding = published.imageSize.rounding ?? { multipleOf: 1, towards: "nearest" };
  const schedule = { ...published, imageSize: { ...published.imageSize, rounding } };
  return { training: { schedule }, batches: {} };
}

/** For hundreds or thousands of pictures: AdamW, three sizes, regularisation that grows with them. */
function usualRecipe({ network, imageSize, pictures, isFineTuning }: RecipeFacts): TrainingRecipe {
  const batchSize = Math.max(2, Math.min(32, Math.floor(pictures / 4)));

  return {
    training: {
      optimiser: { kind: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
      weightDecay: { form: "decoupled", rate: 0.02 },
      learningRate: { kind: "cosine", floor: 0.01, warmUp: 1 },
      average: { decay: 0.99, warmUp: true },
      clipNorm: 5,
      ...(isFineTuning ? { trainFrom: "classifier" } : {}),
      schedule: {
        name: `${network} on ${pictures} pictures`,
        stages: isFineTuning ? 1 : 3,
        ramp: ALGORITHM_1,
        duration: { unit: "epochs", length: 12 },
        imageSize: {
          from: isFineTuning ? imageSize : Math.round(imageSize * 0.6),
          to: imageSize,
          rounding: { multipleOf: 8, towards: "nearest" },
        },
        regularisers: {
          randAugmentMagnitude: { from: 2, to: 6 },
          dropoutRate: { from: 0.1, to: 0.2 },
          dropPathRate: { from: 0, to: 0.1 },
        },
        batchSize,
        learningRate: isFineTuning ? 5e-3 : { value: 4e-3, per: 64 },
      },
    },
    batches: {
      crop: {
        method: "timm",
        area: [0.35, 1],
        aspect: [3 / 4, 4 / 3],
        minCovered: 0,
        attempts: 10,
        fallback: "centre-in-aspect",
      },
    },
  };
}

async function readRecipe(path: string): Promise<TrainingRecipe> {
  const text = await readFile(path, "utf8");
  try {
    const { training, batches = {} } = JSON.parse(text) as Partial<TrainingRecipe>;
    if (training?.schedule !== undefined) return { training, batches };
  } catch (cause) {
    throw notARecipe(path, cause);
  }
  throw notARecipe(path);
}

function notARecipe(path: string, cause?: unknown): EfficientNetError {
  return new EfficientNetError("wrong-file", `${path} is no training recipe`, {
    expected: 'JSON such as { "training": { "schedule": { ... } }, "batches": { ... } }',
    cause,
  });
}
