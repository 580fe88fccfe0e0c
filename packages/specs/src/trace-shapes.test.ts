import { formatShape } from "@efficientnet/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFixture } from "../fixtures/read-fixture.js";
import { convOutputSize, getSpec, type Padding, traceShapes, VARIANT_NAMES, withClasses } from "./index.js";

describe("traceShapes", () => {
  it("gives every step of EfficientNet-B0 at 224", () => {
    const lines = traceShapes(getSpec("efficientnet-b0"), 224).map(
      ({ name, kind, input, output }) => `${name} ${kind} ${formatShape(input)} -> ${formatShape(output)}`,
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "stem stem [1,224,224,3] -> [1,112,112,32]",
        "stages.0.0 mbconv [1,112,112,32] -> [1,112,112,16]",
        "stages.1.0 mbconv [1,112,112,16] -> [1,56,56,24]",
        "stages.1.1 mbconv [1,56,56,24] -> [1,56,56,24]",
        "stages.2.0 mbconv [1,56,56,24] -> [1,28,28,40]",
        "stages.2.1 mbconv [1,28,28,40] -> [1,28,28,40]",
        "stages.3.0 mbconv [1,28,28,40] -> [1,14,14,80]",
        "stages.3.1 mbconv [1,14,14,80] -> [1,14,14,80]",
        "stages.3.2 mbconv [1,14,14,80] -> [1,14,14,80]",
        "stages.4.0 mbconv [1,14,14,80] -> [1,14,14,112]",
        "stages.4.1 mbconv [1,14,14,112] -> [1,14,14,112]",
        "stages.4.2 mbconv [1,14,14,112] -> [1,14,14,112]",
        "stages.5.0 mbconv [1,14,14,112] -> [1,7,7,192]",
        "stages.5.1 mbconv [1,7,7,192] -> [1,7,7,192]",
        "stages.5.2 mbconv [1,7,7,192] -> [1,7,7,192]",
        "stages.5.3 mbconv [1,7,7,192] -> [1,7,7,192]",
        "stages.6.0 mbconv [1,7,7,192] -> [1,7,7,320]",
        "head head [1,7,7,320] -> [1,7,7,1280]",
        "pool pool [1,7,7,1280] -> [1,1280]",
        "classifier classifier [1,1280] -> [1,1000]",
      ]
    `);
  });

  it.each(Object.entries(readFixture("blocks.json").models))("gives the published sides of %s", (name, rows) => {
    const spec = getSpec(name);
    const blocks = traceShapes(spec, spec.resolution.eval).slice(1, -3);
    expect(blocks.map(({ input, output }) => [input[1], output[2]])).toEqual(rows.map((row) => row.slice(10)));
  });

  it.each(Object.entries(readFixture("architectures.json").models))(
    "gives the stage sides of %s",
    (name, { stages }) => {
      const spec = getSpec(name);
      const steps = traceShapes(spec, spec.resolution.eval);
      const sides = spec.stages.map(({ repeats }, index) => {
        const first = steps.find((step) => step.name === `stages.${index}.0`);
        const last = steps.find((step) => step.name === `stages.${index}.${repeats - 1}`);
        return [first?.input[1], last?.output[1]];
      });
      expect(sides).toEqual(stages.map((row) => row.slice(8, 10)));
    },
  );

  it("takes both sides and a batch, and rounds odd sides up", () => {
    const steps = traceShapes(getSpec("efficientnet-b0"), { height: 225, width: 191 }, { batch: 2 });
    expect(steps[0]).toEqual({ name: "stem", kind: "stem", input: [2, 225, 191, 3], output: [2, 113, 96, 32] });
    expect(steps.slice(-3).map(({ output }) => output)).toEqual([
      [2, 8, 6, 1280],
      [2, 1280],
      [2, 1000],
    ]);
  });

  it("ends with the pooled embedding where there are no classes", () => {
    const steps = traceShapes(withClasses(getSpec("test-efficientnet"), null), 160);
    expect(steps.at(-1)).toEqual({ name: "pool", kind: "pool", input: [1, 5, 5, 256], output: [1, 256] });
  });

  it("hands each step's output to the next, in every network and at any size", () => {
    const side = fc.integer({ min: 1, max: 700 });
    fc.assert(
      fc.property(fc.constantFrom(...VARIANT_NAMES), side, side, (name, height, width) => {
        const steps = traceShapes(getSpec(name), { height, width });
        expect(steps.slice(1).map(({ input }) => input)).toEqual(steps.slice(0, -1).map(({ output }) => output));
      }),
      { numRuns: 50 },
    );
  });

  it("refuses sizes that are not positive integers", () => {
    const b0 = getSpec("efficientnet-b0");
    expect(() => traceShapes(b0, 0)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: height is 0
        expected: a positive integer]
    `);
    expect(() => traceShapes(b0, { height: 224, width: 10.5 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: width is 10.5
        expected: a positive integer]
    `);
    expect(() => traceShapes(b0, 224, { batch: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: batch is -1
        expected: a positive integer]
    `);
  });
});

describe("convOutputSize", () => {
  it("is ceil(size / stride) for odd kernels with either padding", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.constantFrom(1, 3, 5, 7, 9),
        fc.constantFrom(1, 2, 3, 4),
        fc.constantFrom<Padding>("same", "symmetric"),
        (size, kernelSize, stride, padding) => {
          expect(convOutputSize(size, kernelSize, stride, padding)).toBe(Math.ceil(size / stride));
        },
      ),
    );
  });
});
