import { getSpec, tensorShapes } from "@efficientnet/specs";
import { type Checkpoint, foreignWeights, readCheckpoint, writeSafetensors } from "@efficientnet/weights";
import { expect, it } from "vitest";
import { recogniseModel } from "./recognise-model.js";

/** A checkpoint of zeros under timm's names. */
async function zeros(variant: string): Promise<Checkpoint> {
  const spec = getSpec(variant);
  const shapes = new Map(tensorShapes(spec).map(({ name, shape }) => [name, shape]));
  const read = (name: string) =>
    new Float32Array((shapes.get(name) ?? []).reduce((product, side) => product * side, 1));
  return readCheckpoint(writeSafetensors(foreignWeights("timm", spec, read)));
}

it("weights say which network they are for", async () => {
  expect(recogniseModel(await zeros("test-efficientnet"))).toBe("test-efficientnet");
});

it("how near a network is, is said where it is near", async () => {
  const { tensors, ...rest } = await zeros("test-efficientnet");
  const all = [...tensors];
  const having = (count: number) => () => recogniseModel({ ...rest, tensors: new Map(all.slice(0, count)) });
  expect(having(all.length - 20)).toThrowErrorMatchingInlineSnapshot(`
    [EfficientNetError: these weights are those of no network this version knows
      received: arrays that are 75 % like test-efficientnet's
      hint: for a network of your own give its spec]
  `);
  expect(having(20)).toThrowErrorMatchingInlineSnapshot(`
    [EfficientNetError: these weights are those of no network this version knows
      hint: for a network of your own give its spec]
  `);
});

it("where two networks have the same arrays, both are named", async () => {
  const checkpoint = await zeros("mnasnet-small");
  expect(() => recogniseModel(checkpoint)).toThrowErrorMatchingInlineSnapshot(`
    [EfficientNetError: these weights fit several networks
      expected: mnasnet-small or mnasnet-small-timm
      hint: name the one that they are for]
  `);
});
