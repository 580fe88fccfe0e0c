import { EfficientNetError } from "@efficientnet/errors";
import type { TimmRandAugmentOptions } from "./rand-augment.js";

/** The part of timm's RandAugment that its configuration string holds. */
export type RandAugmentConfig = Pick<
  TimmRandAugmentOptions,
  "magnitude" | "layers" | "probability" | "noise" | "maxMagnitude" | "increasing"
>;

const SECTIONS: Readonly<Record<string, (value: number) => RandAugmentConfig>> = {
  m: (magnitude) => ({ magnitude }),
  n: (layers) => ({ layers }),
  p: (probability) => ({ probability }),
  mstd: (std) => ({ noise: std > 100 ? "uniform" : std === 0 ? "none" : { std } }),
  mmax: (maxMagnitude) => ({ maxMagnitude }),
  inc: (value) => ({ increasing: value !== 0 }),
};

/**
 * Reads a configuration of timm's `--aa`: `rand-m9-mstd0.5-inc1`. What it leaves out keeps timm's default.
 *
 * @throws `invalid-argument` for another text, `unsupported` for `w` (weighted choice) and `t` (other sets of operations).
 */
export function parseRandAugment(text: string): RandAugmentConfig {
  const [first, ...sections] = text.split("-");
  if (first !== "rand") throw wrongText(text, first ?? "");
  return Object.assign({}, ...sections.map((section) => readSection(text, section)));
}

/** The inverse of `parseRandAugment`: what is undefined is left out. */
export function formatRandAugment(config: RandAugmentConfig): string {
  const { magnitude, layers, probability, noise, maxMagnitude, increasing } = config;
  const std = noise === undefined ? undefined : noise === "none" ? 0 : noise === "uniform" ? 101 : noise.std;
  const inc = increasing === undefined ? undefined : Number(increasing);
  const sections = { m: magnitude, n: layers, p: probability, mstd: std, mmax: maxMagnitude, inc };
  return [
    "rand",
    ...Object.entries(sections).flatMap(([key, value]) => (value === undefined ? [] : [`${key}${value}`])),
  ].join("-");
}

function readSection(text: string, section: string): RandAugmentConfig {
  const [, key = "", digits = ""] = /^([a-z]+)(\d+(?:\.\d+)?)$/.exec(section) ?? [];
  const read = Object.hasOwn(SECTIONS, key) ? SECTIONS[key] : undefined;
  if (read !== undefined) return read(Number(digits));
  if (/^[wt]/.test(section)) {
    throw new EfficientNetError(
      "unsupported",
      `"${section}" of "${text}" chooses other odds or another set of operations`,
      {
        hint: "timmRandAugment gives a policy, whose choices can be changed as data",
      },
    );
  }
  throw wrongText(text, section);
}

function wrongText(text: string, section: string): EfficientNetError {
  return new EfficientNetError("invalid-argument", `"${text}" is not a RandAugment configuration`, {
    expected: "rand, then sections of m, n, p, mstd, mmax, inc with a number, joined by -",
    received: `"${section}"`,
    hint: 'for example "rand-m9-mstd0.5-inc1"',
  });
}
