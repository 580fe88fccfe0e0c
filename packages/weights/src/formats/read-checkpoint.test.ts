import { readFileSync } from "node:fs";
import { uniformArray } from "@efficientnet-tooling/testing";
import { describe, expect, it } from "vitest";
import { readCheckpoint } from "../index.js";

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
const ascii = (text: string) => new TextEncoder().encode(text);

describe("readCheckpoint", () => {
  // The file holds the deterministic fill of the reference networks, apart from the running statistics.
  const filled = (name: string, shape: readonly number[], length: number) => {
    if (/bn\d\.weight$/.test(name)) return uniformArray(name, length, 0.25, 1);
    if (name.endsWith("bias")) return uniformArray(name, length, 0.1);
    return uniformArray(name, length, Math.sqrt((3 * (shape[0] ?? 1)) / length));
  };

  it.each([
    ["F16", 2 ** -11],
    ["BF16", 2 ** -8],
  ])("reads a file that timm and PyTorch wrote in %s", async (dtype, precision) => {
    const { format, tensors } = await readCheckpoint(fixture(`test-efficientnet.${dtype.toLowerCase()}.safetensors`));
    expect(format).toBe("safetensors");
    expect(tensors.size).toBe(88);
    expect(tensors.get("blocks.0.0.bn1.num_batches_tracked")).toMatchObject({ dtype: "I64", shape: [] });
    const weights = [...tensors].filter(([name]) => /(weight|bias)$/.test(name));
    expect(weights.length).toBe(49);
    for (const [name, tensor] of weights) {
      expect(tensor.dtype).toBe(dtype);
      const values = tensor.read();
      const expected = filled(name, tensor.shape, values.length);
      const wrong = values.findIndex((value, i) => {
        const error = Math.abs(value - (expected[i] ?? Number.NaN));
        return !(error <= Math.max(Math.abs(value) * precision, 2 ** -25));
      });
      expect([name, wrong]).toEqual([name, -1]);
    }
  });

  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), "an empty file"],
    ["a .zip", ascii("PK\x03\x04........................readme.txt"), "a zip file"],
    ["a pickle", Uint8Array.of(0x80, 2, 0x8a, 0x0a), "a pickle that torch.save did not write"],
    [
      "a checkpoint list",
      ascii('model_checkpoint_path: "model.ckpt"'),
      "the list of TensorFlow checkpoints in a folder",
    ],
    ["a .tar.gz", Uint8Array.of(0x1f, 0x8b, 8), "a gzip archive"],
    ["a .tar", ascii(`${"x".repeat(257)}ustar`), "a tar archive"],
    [
      "a pointer",
      ascii("version https://git-lfs.github.com/spec/v1\noid sha256:0"),
      "a Git LFS pointer, not the file it points to",
    ],
    ["a page", ascii("\n<!DOCTYPE html><html>"), "a web page or an error answer"],
    ["a manifest", ascii('{"format": "layers-model"}'), "a JSON file"],
  ])("says what %s looks like", async (_, bytes, what) => {
    await expect(readCheckpoint(bytes)).rejects.toThrow(`this looks like ${what}\n`);
  });

  it("names the format it reads, and shows the first bytes of what nobody knows", async () => {
    await expect(readCheckpoint(Uint8Array.of(0x80, 4, 0x95))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: this looks like a pickle that torch.save did not write
        expected: tensorflow, tflite, tfjs, hdf5, keras, pytorch, safetensors
        hint: save model.state_dict() with torch.save]
    `);
    await expect(readCheckpoint(Uint8Array.of(1, 2, 3))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: this is no known weights file
        expected: tensorflow, tflite, tfjs, hdf5, keras, pytorch, safetensors
        received: 3 bytes beginning 01 02 03]
    `);
  });
});
