import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { cli } from "../testing/cli.js";
import { drawBmp } from "../testing/draw-bmp.js";
import { createScratch } from "../testing/scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

it("answers for a picture alone with the network that comes along, and says what that knows", async () => {
  const disc = drawBmp(64, (x, y) => (Math.hypot(x - 32, y - 32) < 26 ? [220, 60, 40] : [30, 60, 160]));
  const { code, out, err } = await cli(["classify", scratch.write("disc.bmp", disc), "--json"]);
  expect([code, JSON.parse(out).predictions[0].label]).toEqual([0, "disc"]);
  expect(err).toMatchInlineSnapshot(`
    "warning: no --weights and no --model: the small EfficientNetV2 of the demo answers, which knows drawn shapes and textures only: checks, cross, disc, dots, ring, rings, star, stripes, triangle, waves
    "
  `);
  expect(err).not.toBe("");
  const labels = JSON.parse(out).predictions.map(({ label }: { readonly label: string }) => label);
  for (const label of labels) expect(err).toContain(label);
});

it("is published with the package, in less than 2 MB", () => {
  const at = (name: string) => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)));
  expect(JSON.parse(at("package.json").toString()).files).toContain("assets");
  expect(at("assets/shapes.safetensors").length).toBeLessThan(2_000_000);
});
