import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findViolations } from "./find-violations.js";
import { formatMermaid } from "./format-mermaid.js";
import { type Package, readPackages } from "./read-packages.js";

const fixture = readPackages(fileURLToPath(new URL("../fixtures/packages", import.meta.url)));

function only(name: string): readonly Package[] {
  return fixture.filter(({ manifest }) => manifest.name === name);
}

describe("findViolations", () => {
  it("accepts packages whose arrows point down and whose manifests tell the truth", () => {
    expect(findViolations([...only("@efficientnet/low"), ...only("@efficientnet/high")])).toEqual([]);
  });

  it("finds every way to break the rules, and names the file and the line's import", () => {
    expect(findViolations(fixture)).toMatchInlineSnapshot(`
      [
        "@efficientnet/bad: layer 1 depends on @efficientnet/low, layer 1",
        "@efficientnet/bad: src/index.test.ts imports onnxruntime-node, which it does not declare",
        "@efficientnet/bad: src/index.ts imports sharp, which it does not declare",
        "@efficientnet/bad: src/index.ts imports @tensorflow/tfjs-backend-webgl, which it does not declare",
        "@efficientnet/bad: src/index.ts imports webgpu, which it does not declare",
        "@efficientnet/bad: declares commander, which its source does not import",
        "@efficientnet/bad: src/index.ts imports inside @efficientnet/low: @efficientnet/low/src/index.js",
        "@efficientnet/bad: src/index.ts imports inside @tensorflow/tfjs-core: @tensorflow/tfjs-core/dist/register_all_gradients",
        "@efficientnet/bad: src/index.ts reaches out of its package: ../../high/src/index.js",
        "@efficientnet/bad: src/index.ts names @tensorflow/tfjs-core, which layer 1 must not know",
        "@efficientnet/bad: src/index.ts names @tensorflow/tfjs-backend-webgl, which layer 1 must not know",
        "@efficientnet/bad: package.json names @tensorflow/tfjs-core, which layer 1 must not know",
        "@efficientnet/unlayered: declares no layer: "efficientnet": { "layer": n }",
      ]
    `);
  });
});

describe("formatMermaid", () => {
  it("draws an arrow from each package to what it depends on, the highest layer first", () => {
    expect(formatMermaid([...only("@efficientnet/low"), ...only("@efficientnet/high")])).toMatchInlineSnapshot(`
      "graph TD
        high --> low
        low"
    `);
  });
});
