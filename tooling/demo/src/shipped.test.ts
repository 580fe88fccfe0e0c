import { readFileSync } from "node:fs";
import { load } from "efficientnet/node";
import { expect, it } from "vitest";
import { drawPicture } from "./draw-picture.js";
import { CLASSES } from "./shapes.js";

/** The seed of the pictures that the demo tests with. */
const HELD_OUT = 2;

const read = (path: string) => readFileSync(new URL(path, import.meta.url));
const weights = read("../../../packages/cli/assets/shapes.safetensors");

it("is small enough to come along, and knows the classes that the demo draws", async () => {
  expect(weights.length).toBeLessThan(2_000_000);
  using net = await load({ weights });
  expect(net.labels).toEqual([...CLASSES].sort());
});

it.each(["wasm", "cpu"] as const)("answers on %s as timm answers on PyTorch with the same file", async (backend) => {
  const golden: Readonly<Record<string, readonly number[]>> = JSON.parse(read("../assets/shapes.json").toString());
  using net = await load({ weights, backend });
  for (const [label, expected] of Object.entries(golden)) {
    const logits = await net.logits(drawPicture(label, HELD_OUT, 0));
    const scale = Math.max(...expected.map(Math.abs));
    expect(Math.max(...logits.map((value, i) => Math.abs(value - (expected[i] ?? 0)))) / scale).toBeLessThan(1e-4);
  }
});

it("takes nearly all pictures that it was not trained on for what they are", async () => {
  using net = await load({ weights });
  let right = 0;
  for (const label of CLASSES) {
    const pictures = Array.from({ length: 20 }, (_, index) => drawPicture(label, HELD_OUT, index));
    const answers = await net.classify(pictures, { topK: 1 });
    right += answers.filter(([best]) => best?.label === label).length;
  }
  expect(right).toBeGreaterThanOrEqual(190);
});
