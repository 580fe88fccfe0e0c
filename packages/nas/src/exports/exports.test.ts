import { readFileSync } from "node:fs";
import {
  type ArchitectureSpec,
  countParameters,
  getSpec,
  parseTimmBlocks,
  tensorShapes,
  VARIANT_NAMES,
} from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import {
  decodeSpec,
  formatSpec,
  formatTimmDefinition,
  genotypeAt,
  parseSpec,
  smallTrainingAwareSpace,
  smallV2Spec,
} from "../index.js";

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8");

interface Built {
  readonly tensors: Readonly<Record<string, readonly number[]>>;
  readonly parameters: number;
  readonly answer: readonly number[];
}

const space = smallTrainingAwareSpace({ classes: 6 });
/** The network made by hand, one of each kind of block, and a winner as a search may find it. */
const exported: Readonly<Record<string, ArchitectureSpec>> = {
  small_v2: smallV2Spec(),
  training_aware_small_v2_12345: decodeSpec(space, genotypeAt(space, 12345n)),
  training_aware_small_v2_31007: decodeSpec(space, genotypeAt(space, 31007n)),
};

describe("formatTimmDefinition", () => {
  const golden: Readonly<Record<string, Built>> = JSON.parse(fixture("timm-definitions.json"));

  it.each(Object.entries(exported))("writes %s as the source that timm built", (name, spec) => {
    expect(formatTimmDefinition(spec)).toBe(fixture(`${name}.py`));
  });

  it.each(Object.entries(exported))("has timm build of %s the same tensors, parameters and classes", (name, spec) => {
    const { tensors, parameters, answer } = golden[name] as Built;
    // Layouts and names differ; what they hold does not.
    const sorted = (shapes: readonly (readonly number[])[]) =>
      shapes.map((shape) => [...shape].sort((a, b) => a - b).join("x")).sort();
    expect(sorted(Object.values(tensors))).toEqual(sorted(tensorShapes(spec).map(({ shape }) => shape)));
    expect(parameters).toBe(countParameters(spec).trainable);
    expect(answer).toEqual([1, spec.head.classes]);
  });

  it("keeps the stages in its block strings, for every variant", () => {
    for (const name of VARIANT_NAMES) {
      const spec = getSpec(name);
      const blocks = [...formatTimmDefinition(spec).matchAll(/^ {4}\["(.*)"\],$/gm)].map(([, block = ""]) => block);
      const stages = parseTimmBlocks(blocks, { stemChannels: spec.stem.channels });
      expect(stages.map(({ outChannels, repeats }) => [outChannels, repeats])).toEqual(
        spec.stages.map(({ outChannels, repeats }) => [outChannels, repeats]),
      );
    }
  });

  it("refuses what timm would build otherwise", () => {
    const spec = smallV2Spec();
    const [first, second, third, fourth] = spec.stages as [never, never, never, ArchitectureSpec["stages"][number]];
    const last = (changes: object) => ({ ...spec, stages: [first, second, third, { ...fourth, ...changes }] });
    expect(() => formatTimmDefinition({ ...spec, name: "7" })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: timm cannot build 7: its name does not begin with a letter
        expected: a name that Python takes]
    `);
    expect(() =>
      formatTimmDefinition({ ...spec, stem: { ...spec.stem, stride: 1 } }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: timm cannot build small-v2: its stem has stride 1
        expected: 2]
    `);
    const b0 = getSpec("efficientnet-b0");
    const halving = { ...b0, stages: b0.stages.map((stage) => ({ ...stage, stride: 2 as const })) };
    expect(() => formatTimmDefinition(halving)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: timm cannot build efficientnet-b0: its strides make 256
        expected: at most 32]
    `);
    expect(() => formatTimmDefinition(last({ outChannels: 49 }))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: timm cannot build small-v2: stages.3.1 expands to 196 channels
        expected: 200]
    `);
    expect(() => formatTimmDefinition(last({ seRatio: 0.3 }))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: timm cannot build small-v2: stages.3.0 squeezes to 9 channels
        expected: 10]
    `);
  });
});

describe("formatSpec", () => {
  it("is read again as it was, for every variant and for networks of a space", () => {
    for (const spec of [...VARIANT_NAMES.map(getSpec), ...Object.values(exported)]) {
      expect(parseSpec(formatSpec(spec))).toEqual(spec);
    }
  });
});

describe("parseSpec", () => {
  it("refuses what is no network", () => {
    expect(() => parseSpec("{")).toThrowErrorMatchingInlineSnapshot(`[EfficientNetError: the spec is not JSON]`);
    expect(() => parseSpec("[]")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the spec is []
        expected: a JSON object]
    `);
    expect(() => parseSpec(JSON.stringify({ ...smallV2Spec(), stages: [] }))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: stages of small-v2 is []
        expected: at least one stage]
    `);
  });
});
