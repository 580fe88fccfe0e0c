import { ALGORITHM_1, RELEASED_CODE } from "./ramp.js";
import type { Recipe } from "./recipe.js";
import { WHOLE_PIXELS } from "./round-size.js";

/** What the paper's recipes schedule or hold. */
export type PaperRegulariser = "randAugmentMagnitude" | "mixupAlpha" | "dropoutRate" | "dropPathRate";

/** What the released code's recipes schedule or hold. */
export type AutomlRegulariser = PaperRegulariser | "cutmixAlpha";

/** What differs between the models of one source: values of the last stage. */
export type Row = readonly [imageSize: number, randAugmentMagnitude: number, mixupAlpha: number, dropoutRate: number];

/** Largest values for V2-S, M and L. Source: EfficientNetV2 paper (v1), table 6. */
export const PAPER_ROWS: Readonly<Record<string, Row>> = {
  s: [300, 15, 0, 0.3],
  m: [380, 20, 0.2, 0.4],
  l: [380, 25, 0.4, 0.5],
};

/** Every V2 model. Source: `effnetv2_configs.py` of google/automl efficientnetv2. */
export const AUTOML_ROWS: Readonly<Record<string, Row>> = {
  s: [300, 10, 0, 0.2],
  m: [384, 15, 0.2, 0.3],
  l: [384, 20, 0.5, 0.4],
  xl: [384, 20, 0.5, 0.4],
  // Magnitudes fall to 0 in the configuration, without effect: these four are trained with AutoAugment.
  b0: [192, 0, 0, 0.2],
  b1: [192, 0, 0, 0.2],
  b2: [208, 0, 0, 0.3],
  b3: [240, 0, 0, 0.3],
};

/** The smallest values of table 6 are the same for every model. Source of the rest: EfficientNetV2 paper, section 5.1. */
export const paperRecipe = ([imageSize, magnitude, mixup, dropout]: Row, name: string): Recipe<PaperRegulariser> => ({
  name,
  stages: 4,
  ramp: ALGORITHM_1,
  duration: { unit: "epochs", length: 350 },
  imageSize: { from: 128, to: imageSize, rounding: null },
  regularisers: {
    randAugmentMagnitude: { from: 5, to: magnitude },
    mixupAlpha: { from: 0, to: mixup },
    dropoutRate: { from: 0.1, to: dropout },
    dropPathRate: { from: 0.2, to: 0.2 },
  },
  batchSize: 4096,
  learningRate: 0.256,
});

/** Dropout is held and CutMix takes mixup's alpha. Source: `hparams.py` and `main.py` of google/automl efficientnetv2. */
export const automlRecipe = (row: Row, name: string): Recipe<AutomlRegulariser> => {
  const { imageSize, regularisers, ...shared } = paperRecipe(row, name);
  const [, , , dropoutRate] = row;
  return {
    ...shared,
    ramp: RELEASED_CODE,
    imageSize: { ...imageSize, rounding: WHOLE_PIXELS },
    regularisers: {
      ...regularisers,
      cutmixAlpha: regularisers.mixupAlpha,
      dropoutRate: { from: dropoutRate, to: dropoutRate },
    },
    learningRate: { value: 0.016, per: 256 },
  };
};
