import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { companionsOf } from "./companions.js";

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe("the files that belong to a file", () => {
  it("are the shards that a safetensors index names, once each", async () => {
    const map = { a: "model-1.safetensors", b: "model-1.safetensors", c: "modèle 2.safetensors" };
    expect(await companionsOf("model.safetensors.index.json", json({ weight_map: map }))).toEqual([
      "model-1.safetensors",
      "modèle 2.safetensors",
    ]);
  });

  it("are the shards of TensorFlow.js's manifest", async () => {
    const manifest = [{ paths: ["group1-shard1of2.bin", "group1-shard2of2.bin"], weights: [] }, { weights: [] }];
    const found = companionsOf("model.json", json({ weightsManifest: [manifest[0]] }));
    expect(await found).toEqual(["group1-shard1of2.bin", "group1-shard2of2.bin"]);
    await expect(companionsOf("model.json", json({ weightsManifest: manifest }))).rejects.toMatchObject({
      code: "wrong-file",
    });
  });

  it("are as many as TensorFlow's index says", async () => {
    const index = readFileSync(new URL("../../fixtures/tensorflow/tensorflow.ckpt.index", import.meta.url));
    expect(await companionsOf("b0.ckpt.index", index)).toEqual(["b0.ckpt.data-00000-of-00001"]);
    await expect(companionsOf("b0.ckpt.index", index.subarray(0, 100))).rejects.toMatchObject({ code: "wrong-file" });
  });

  it("are none for other files", async () => {
    expect(await companionsOf("b0.safetensors", json({ weight_map: { a: "b" } }))).toEqual([]);
    expect(await companionsOf("config.json", json({ model: "b0" }))).toEqual([]);
    expect(await companionsOf("broken.json", new Uint8Array([1, 2, 3]))).toEqual([]);
  });

  it.each(["../secret", "/etc/passwd", "https://elsewhere/x", "a\\b", "", ".", "..", "c:d", 7, null, "x".repeat(256)])(
    "are never elsewhere: %j",
    async (name) => {
      await expect(companionsOf("m.index.json", json({ weight_map: { a: name } }))).rejects.toMatchObject({
        code: "wrong-file",
      });
    },
  );

  it("are not thousands", async () => {
    const names = Array.from({ length: 5000 }, (_, i) => [`t${i}`, `f${i}`]);
    await expect(
      companionsOf("m.index.json", json({ weight_map: Object.fromEntries(names) })),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: m.index.json names files that it cannot have
        expected: at most 4096 files beside it
        received: 5000 files]
    `);
  });
});
