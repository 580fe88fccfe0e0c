import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initTensor } from "@efficientnet/model";
import { type ArchitectureSpec, getSpec, scaleSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { type Family, saveWeights, specForArch } from "@efficientnet/weights";
import { expectClose, expectNoLeaks } from "@efficientnet-tooling/testing";
import { afterAll, describe, expect, it } from "vitest";
import { load, readWeightsFiles } from "./node.js";
import { drawnPicture, seededWeights } from "./testing/seeded-weights.js";

const own = withClasses(specForArch("timm", "test_efficientnet"), 3);
const labels = ["cat", "dog", "owl"];
const preprocess = {
  size: 96,
  fit: { mode: "squash", resizeTo: 96 },
  filter: "bilinear",
  method: "pillow",
  mean: [0.5, 0.5, 0.5],
  std: [0.25, 0.25, 0.25],
} as const;
const CHECKPOINT = new URL("../../weights/fixtures/tensorflow/", import.meta.url);
const picture = drawnPicture(200, 10, 10);
const folder = mkdtempSync(join(tmpdir(), "efficientnet-"));
afterAll(() => rmSync(folder, { recursive: true }));

function saved(spec: ArchitectureSpec, names: Family): Uint8Array {
  const shapes = new Map(tensorShapes(spec).map((tensor) => [tensor.name, tensor]));
  const read = (name: string) => initTensor(shapes.get(name)!, 4);
  return saveWeights({ spec, labels, preprocess, names, read });
}

describe("a file that describes itself", () => {
  it.each<Family>(["canonical", "timm", "torchvision", "keras-v1"])(
    "is loaded with nothing else, under %s names",
    async (names) => {
      await expectNoLeaks(async () => {
        using net = await load({ weights: saved(own, names) });
        expect({ spec: net.spec, labels: net.labels, preprocess: net.preprocess }).toEqual({
          spec: own,
          labels,
          preprocess,
        });
        using named = await load(own, { weights: { seed: 4 }, preprocess });
        expectClose(await net.logits(picture), await named.logits(picture), 1e-6);
      });
    },
  );

  it("may be a network that has no name", async () => {
    const mine = scaleSpec(own, { name: "mine", widthCoefficient: 0.5 });
    using net = await load({ weights: saved(mine, "timm") });
    expect(net.spec).toEqual(mine);
  });

  it("fills in what a name leaves open", async () => {
    const b0 = withClasses(specForArch("timm", "tf_efficientnet_b0"), 3);
    const weights = saved(b0, "timm");
    for (const model of ["efficientnet-b0", "timm/tf_efficientnet_b0"]) {
      using net = await load(model, { weights });
      expect(net.spec).toMatchObject({ padding: "same", batchNorm: { epsilon: 1e-3 } });
      expect([net.preprocess, net.labels]).toEqual([preprocess, labels]);
    }
  });

  it("gives way to what the call says", async () => {
    const other = { ...preprocess, size: 64 };
    const names = ["a", "b", "c"];
    using net = await load("timm/test_efficientnet.r160_in1k", { weights: saved(own, "timm"), labels: names });
    expect([net.preprocess.size, net.labels]).toEqual([160, names]);
    using changed = await load({ weights: saved(own, "timm"), preprocess: other });
    expect(changed.preprocess).toEqual(other);
  });

  it("is refused where its arrays are not those it speaks of", async () => {
    const lies = { ...own, head: { ...own.head, channels: 128 } };
    const shapes = new Map(tensorShapes(own).map((tensor) => [tensor.name, tensor]));
    const read = (name: string) => initTensor(shapes.get(name)!, 4);
    const file = new TextDecoder("latin1").decode(saveWeights({ spec: own, read }));
    const from = JSON.stringify(JSON.stringify(own)).slice(1, -1);
    const to = JSON.stringify(JSON.stringify(lies)).slice(1, -1);
    const forged = Uint8Array.from(file.replace(from, to), (character) => character.charCodeAt(0));
    expect(to.length).toBe(from.length);
    await expect(expectNoLeaks(() => load({ weights: forged }))).rejects.toMatchObject({ code: "weights-mismatch" });
  });
});

describe("a file that does not describe itself", () => {
  it("is loaded by what its arrays are, where that says enough", async () => {
    using net = await load({ weights: seededWeights(own, "timm") });
    expect(net.spec).toEqual(own);
    expect(net.preprocess.size).toBe(160);
  });

  it("is refused where its arrays leave the padding open", async () => {
    const weights = seededWeights(withClasses(getSpec("efficientnet-b0"), 3), "timm");
    await expect(load({ weights })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: "efficientnet-b0" does not say which timm weights these are
        expected: timm/efficientnet_b0 or timm/tf_efficientnet_b0
        hint: they differ in padding and batch-norm epsilon, which no tensor shows]
    `);
  });

  it("is refused where there are no arrays at all", async () => {
    await expect(load({ weights: { seed: 1 } })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: which network?
        expected: a model, since untrained weights can be those of any]
    `);
  });
});

describe("another count of classes", () => {
  it("keeps the backbone and makes a new classifier from a seed, and says so", async () => {
    const weights = saved(own, "timm");
    await expectNoLeaks(async () => {
      using net = await load({ weights, classes: 5, headSeed: 7 });
      using same = await load({ weights, classes: 5, headSeed: 7 });
      using other = await load({ weights, classes: 5, headSeed: 8 });
      using old = await load({ weights });
      expect(net.inspect()).toMatchObject({ classes: 5, newHead: true });
      expect(net.labels).toBeNull();
      expect(old.inspect()).toMatchObject({ classes: 3, newHead: false });
      expect(await net.embed(picture)).toEqual(await old.embed(picture));
      expect(await net.logits(picture)).toEqual(await same.logits(picture));
      expect(await net.logits(picture)).not.toEqual(await other.logits(picture));
    });
  });

  it("is no other where the file has as many", async () => {
    using net = await load({ weights: saved(own, "timm"), classes: 3 });
    expect(net.inspect().newHead).toBe(false);
    expect(net.labels).toEqual(labels);
  });

  it("may be none, and then pictures have embeddings only", async () => {
    using net = await load({ weights: saved(own, "timm"), classes: null });
    expect(net.inspect()).toMatchObject({ classes: null, newHead: false });
    await expect(net.classify(picture)).rejects.toMatchObject({ code: "unsupported" });
  });

  it("gives a classifier to weights that have none", async () => {
    const headless = seededWeights(withClasses(own, null), "timm");
    using net = await load({ weights: headless, classes: 2, labels: ["yes", "no"] });
    expect((await net.classify(picture)).map(({ label }) => label).sort()).toEqual(["no", "yes"]);
  });

  it("is a whole number", async () => {
    await expect(load({ weights: saved(own, "timm"), classes: 2.5 })).rejects.toMatchObject({
      code: "invalid-argument",
    });
  });
});

describe("weights that are several files", () => {
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

  it("are the shards of a TensorFlow checkpoint, by the index or by what is before it", async () => {
    const shards = ["net.index", "net.data-00000-of-00001"];
    for (const name of shards)
      copyFileSync(new URL(name.replace("net", "tensorflow.ckpt"), CHECKPOINT), join(folder, name));
    for (const path of ["net", "net.index"]) {
      const files = await readWeightsFiles(join(folder, path));
      expect(files instanceof Map && [...files.keys()]).toEqual(shards);
    }
  });

  it.each(["../secret", "/etc/hostname", "..", "a\\b", "", "c:d"])("are never elsewhere: %j", async (name) => {
    write("hostile.index.json", JSON.stringify({ weight_map: { x: name } }));
    await expect(readWeightsFiles(join(folder, "hostile.index.json"))).rejects.toMatchObject({ code: "wrong-file" });
  });

  it("may be given by name, or as the files of a page", async () => {
    const bytes = saved(own, "timm");
    const file = new File([bytes.slice()], "net.safetensors");
    for (const weights of [new Map([["net.safetensors", bytes]]), [file], { length: 1, 0: file }]) {
      using net = await load({ weights });
      expect(net.labels).toEqual(labels);
    }
  });
});

describe("weights by their name", () => {
  /** A hub that has the small network under any name. */
  const hub =
    (file: Uint8Array): typeof fetch =>
    async (input) => {
      const siblings = [{ rfilename: "model.safetensors", size: file.length }];
      const isListing = String(input).includes("/api/models/");
      return new Response(isListing ? JSON.stringify({ sha: "c".repeat(40), siblings }) : file.slice());
    };

  it("are downloaded where none are given, and progress counts the download", async () => {
    const seen: number[] = [];
    const download = { fetch: hub(seededWeights(own, "timm")), cache: null };
    using net = await load("timm/test_efficientnet.r160_in1k", { download, onProgress: (done) => seen.push(done) });
    expect(net.preprocess.size).toBe(160);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect([seen.some((done) => done === 0.9), seen.at(-1)]).toEqual([true, 1]);
  });

  it("say what they are, also as weights and by their place on the hub", async () => {
    const b0 = withClasses(specForArch("timm", "efficientnet_b0"), 3);
    const download = { fetch: hub(seededWeights(b0, "timm")), cache: null };
    for (const weights of ["timm/efficientnet_b0.ra_in1k", "hf:timm/efficientnet_b0.ra_in1k"]) {
      using net = await load({ weights, download });
      expect(net.spec).toMatchObject({ padding: "symmetric", batchNorm: { epsilon: 1e-5 } });
    }
    await expect(load({ weights: "hf:owner/mine", download })).rejects.toMatchObject({ code: "invalid-argument" });
  });

  it("must be names of weights", async () => {
    await expect(load(own)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: which weights?
        expected: weights, or the name of published ones as the model]
    `);
    await expect(load("timm/efficientnet_b0")).rejects.toMatchObject({ code: "invalid-argument" });
    await expect(load("timm/efficientnet_b0.ra_in2k")).rejects.toMatchObject({ code: "unknown-name" });
  });
});
