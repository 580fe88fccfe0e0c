import type { ArgumentRule, ArgumentScale, ArgumentTable } from "./argument-rule.js";
import type { GeometryOperationName, ToneOperationName } from "./operation.js";

const plus = (start: number, perTen: number): ArgumentScale => ({ start, perTen, sign: "plus" });
const wholePlus = (start: number, perTen: number): ArgumentScale => ({ ...plus(start, perTen), whole: true });
const either = (perTen: number): ArgumentScale => ({ start: 0, perTen, sign: "either" });

const ENHANCE = plus(0.1, 1.8);
/** Away from 1, where nothing changes, to either side; never below 0.1. */
const ENHANCE_INCREASING: ArgumentScale = { start: 1, perTen: 0.9, sign: "either", least: 0.1 };

const rule = (op: ToneOperationName | GeometryOperationName | "Cutout", scale: ArgumentScale): ArgumentRule => ({
  op,
  scale,
});

const SHARED = {
  AutoContrast: { op: "AutoContrast" },
  Equalize: { op: "Equalize" },
  Invert: { op: "Invert" },
  Rotate: rule("Rotate", either(30)),
  Posterize: rule("Posterize", wholePlus(0, 4)),
  Color: rule("Color", ENHANCE),
  Contrast: rule("Contrast", ENHANCE),
  Brightness: rule("Brightness", ENHANCE),
  Sharpness: rule("Sharpness", ENHANCE),
  ShearX: rule("ShearX", either(0.3)),
  ShearY: rule("ShearY", either(0.3)),
} as const satisfies ArgumentTable;

function googleTable(translate: number, cutoutPad: number): ArgumentTable {
  return {
    ...SHARED,
    Solarize: rule("Solarize", wholePlus(0, 256)),
    SolarizeAdd: rule("SolarizeAdd", wholePlus(0, 110)),
    TranslateX: rule("TranslateX", either(translate)),
    TranslateY: rule("TranslateY", either(translate)),
    Cutout: rule("Cutout", wholePlus(0, cutoutPad)),
  };
}

/** RandAugment of Google's EfficientNets. Source: `efficientnetv2/autoaugment.py` of google/automl. */
export const GOOGLE_RAND_ARGUMENTS: ArgumentTable = googleTable(100, 40);

/** AutoAugment of Google's EfficientNets: translations reach 250 pixels, not 100. */
export const GOOGLE_AUTO_ARGUMENTS: ArgumentTable = googleTable(250, 100);

/** RandAugment and AutoAugment of timm. Source: `timm/data/auto_augment.py`. */
export const TIMM_ARGUMENTS: ArgumentTable = {
  ...SHARED,
  PosterizeIncreasing: rule("Posterize", { ...wholePlus(4, 4), sign: "minus" }),
  PosterizeOriginal: rule("Posterize", wholePlus(4, 4)),
  Solarize: rule("Solarize", { ...wholePlus(0, 256), most: 256 }),
  SolarizeIncreasing: rule("Solarize", { ...wholePlus(256, 256), most: 256, sign: "minus" }),
  SolarizeAdd: rule("SolarizeAdd", { ...wholePlus(0, 110), most: 128 }),
  ColorIncreasing: rule("Color", ENHANCE_INCREASING),
  ContrastIncreasing: rule("Contrast", ENHANCE_INCREASING),
  BrightnessIncreasing: rule("Brightness", ENHANCE_INCREASING),
  SharpnessIncreasing: rule("Sharpness", ENHANCE_INCREASING),
  TranslateX: rule("TranslateX", either(250)),
  TranslateY: rule("TranslateY", either(250)),
  TranslateXRel: rule("TranslateX", { ...either(0.45), ofSide: true }),
  TranslateYRel: rule("TranslateY", { ...either(0.45), ofSide: true }),
};
