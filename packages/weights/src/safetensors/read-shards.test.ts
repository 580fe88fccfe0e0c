import { describe, expect, it } from "vitest";
import { readCheckpoint, writeSafetensors } from "../index.js";

const shard = (...names: readonly string[]) =>
  writeSafetensors(new Map(names.map((name) => [name, { shape: [2], values: Float32Array.of(1, names.length) }])));
const index = (weightMap: Readonly<Record<string, string>>) =>
  new TextEncoder().encode(JSON.stringify({ metadata: { total_size: 24 }, weight_map: weightMap }));

describe("a checkpoint in several safetensors files", () => {
  const weightMap = { a: "1.safetensors", b: "1.safetensors", c: "2.safetensors" };
  const files = new Map([
    ["model.safetensors.index.json", index(weightMap)],
    ["1.safetensors", shard("a", "b")],
    ["2.safetensors", shard("c")],
  ]);

  it("is read as one, with or without its index", async () => {
    for (const given of [files, new Map([...files].slice(1))]) {
      const { format, tensors } = await readCheckpoint(given);
      expect(format).toBe("safetensors");
      expect([...tensors.keys()]).toEqual(["a", "b", "c"]);
      expect(tensors.get("c")?.read()).toEqual(Float32Array.of(1, 1));
    }
  });

  it("is refused when a file is missing", async () => {
    await expect(readCheckpoint(new Map([...files].slice(0, 2)))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: "c" is not where the index says
        expected: in 2.safetensors
        received: in no file]
    `);
  });

  it("is refused when two files have an array", async () => {
    const twice = new Map([...files, ["3.safetensors", shard("c")]]);
    await expect(readCheckpoint(twice)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: "c" is in two files
        received: 2.safetensors and 3.safetensors]
    `);
  });

  it("may be one file among others", async () => {
    const one = new Map([
      ["config.json", new TextEncoder().encode("{}")],
      ["model.safetensors", shard("a")],
    ]);
    expect((await readCheckpoint(one)).tensors.size).toBe(1);
  });
});
