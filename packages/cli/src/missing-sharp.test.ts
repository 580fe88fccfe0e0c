import { afterAll, expect, it, vi } from "vitest";
import { cli } from "./testing/cli.js";
import { stripes } from "./testing/draw-bmp.js";
import { createScratch } from "./testing/scratch.js";

vi.mock("sharp", () => {
  throw new Error("Could not load the sharp module");
});

const scratch = createScratch();
afterAll(() => scratch.remove());

it("a picture that needs sharp says so where sharp cannot be loaded, and BMP needs none", async () => {
  const pictures = [scratch.write("cat.jpg", "\xff\xd8\xff"), scratch.write("cat.bmp", stripes())];
  const { code, out, err } = await cli(["embed", ...pictures, "--model", "test-efficientnet", "--seed", "1", "-q"]);
  expect(code).toBe(1);
  expect(scratch.strip(out)).toMatch(/^cat\.bmp {2}256 values/);
  expect(scratch.strip(err)).toMatchInlineSnapshot(`
    "error: decoding this picture needs sharp, which cannot be loaded
      hint: npm install sharp (BMP files are read without it)
    "
  `);
});
