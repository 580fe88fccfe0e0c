import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { prepareBackend } from "@efficientnet/backends";
import { type ArchitectureSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { type Family, readCheckpoint, saveWeights, specForArch } from "@efficientnet/weights";
import { expectClose, uniformArray } from "@efficientnet-tooling/testing";
import { describe, expect, it } from "vitest";
import { logitsOfFile } from "./file-logits.js";

/** What timm and torchvision answer for the very files that are saved here; tooling/reference/saved_weights.py. */
const golden = JSON.parse(
  readFileSync(new URL("../../reference/goldens/saved.json", import.meta.url), "utf8"),
) as Record<string, { readonly sha256: string; readonly logits: readonly number[] }>;

const NETWORKS: Readonly<Record<string, readonly [Family, ArchitectureSpec]>> = {
  "timm.test_efficientnet": ["timm", specForArch("timm", "test_efficientnet")],
  "timm.tf_efficientnetv2_b0": ["timm", specForArch("timm", "tf_efficientnetv2_b0")],
  "torchvision.efficientnet_b0": ["torchvision", specForArch("torchvision", "efficientnet_b0")],
};

/** Values without rounding differences between machines, and with a sound scale from layer to layer. */
function readerOf(spec: ArchitectureSpec) {
  const tensors = new Map(tensorShapes(spec).map((tensor) => [tensor.name, tensor]));
  return (name: string): Float32Array => {
    const { role, shape } = tensors.get(name)!;
    const size = shape.reduce((product, side) => product * side, 1);
    if (role === "gamma" || role === "variance") return uniformArray(name, size, 0.25, 1);
    if (role === "mean" || role === "beta" || role === "bias") return uniformArray(name, size, 0.125);
    const fanIn = role === "depthwise-kernel" ? size / (shape[2] ?? 1) : size / (shape.at(-1) ?? 1);
    return uniformArray(name, size, Math.sqrt(3 / fanIn));
  };
}

describe.each(Object.entries(NETWORKS))("%s, saved under its library's names", (name, [names, base]) => {
  const spec = withClasses(base, 10);
  const read = readerOf(spec);
  const file = saveWeights({ spec, names, read });
  const folder = process.env.SAVED_WEIGHTS;
  if (folder !== undefined) writeFileSync(join(folder, `${name}.safetensors`), file);

  it("is the file that the library loaded strictly", () => {
    expect(createHash("sha256").update(file).digest("hex")).toBe(golden[name]?.sha256);
  });

  it("answers here what it answers there", async () => {
    const backend = await prepareBackend("wasm");
    const files = new Map([[`${name}.safetensors`, file]]);
    const pixels = uniformArray("input/64x64", 64 * 64 * 3);
    const actual = await backend.guard(() => logitsOfFile({ spec, files, input: [1, 64, 64, 3], pixels }));
    backend.dispose();
    const expected = golden[name]?.logits ?? [];
    const deviation = Math.sqrt(expected.reduce((sum, value) => sum + value * value, 0) / expected.length);
    expectClose(actual, expected, 1e-4 * deviation);
  });

  it("reads back bit by bit", async () => {
    const { tensors } = await readCheckpoint(file);
    const again = saveWeights({ spec, names, read });
    expect(Buffer.compare(again, file)).toBe(0);
    expect(tensors.size).toBe(tensorShapes(spec).length);
  });
});
