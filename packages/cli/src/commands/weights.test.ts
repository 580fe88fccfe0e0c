import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { getSpec, withClasses } from "@efficientnet/specs";
import { canonicalWeights, readCheckpoint, readDescription, specForArch } from "@efficientnet/weights";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cli } from "../testing/cli.js";
import { stripes } from "../testing/draw-bmp.js";
import { type Hub, startHub } from "../testing/hub.js";
import { createScratch } from "../testing/scratch.js";
import { TEST_MODEL, testWeights } from "../testing/test-weights.js";

const scratch = createScratch();
const weights = scratch.write("tiny.safetensors", testWeights());
const labels = scratch.write("labels.txt", "cat\ndog\nowl\n");
const picture = scratch.write("cat.bmp", stripes());
afterAll(() => scratch.remove());

/** Runs a command that must answer. */
async function answered(...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await cli(argv);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return scratch.strip(out).replace(/[0-9a-f]{64}/g, "SHA-256");
}

describe("convert", () => {
  it("writes a file that says what it is, and so needs no model", async () => {
    const to = scratch.path("own.safetensors");
    expect(await answered("convert", weights, to, "--labels", labels)).toMatchInlineSnapshot(`
      "file     own.safetensors
      from     tiny.safetensors, timm names
      network  test-efficientnet, 3 classes
      names    canonical
      labels   written
      size     418 kB, F32
      sha256   SHA-256
      "
    `);
    const checkpoint = await readCheckpoint(readFileSync(to));
    expect(await readDescription(checkpoint)).toMatchObject({
      spec: withClasses(specForArch("timm", "test_efficientnet"), 3),
      preprocess: { size: 160 },
      labels: ["cat", "dog", "owl"],
    });
    expect(await answered("classify", picture, "--weights", to)).toMatch(/cat|dog|owl/);
    expect(await answered("inspect", to)).toMatchInlineSnapshot(`
      "file        own.safetensors
      format      safetensors, 75 arrays, F32
      names       canonical
      network     test-efficientnet
      classes     3
      fits        yes
      labels      cat, dog, owl
      padding     symmetric
      batch norm  epsilon 0.00001
      pictures    160 x 160, resize-crop, pillow bicubic, mean 0.485 0.456 0.406, std 0.229 0.224 0.225
      "
    `);
  });

  it("keeps every value, from family to family and back", async () => {
    const [tv, keras, back] = ["tv", "keras", "back"].map((name) => scratch.path(`${name}.safetensors`));
    await answered("convert", weights, tv!, "--names", "torchvision", "--quiet");
    await answered("convert", tv!, keras!, "--names", "keras-v2", "--quiet");
    await answered("convert", keras!, back!, "--names", "timm");
    const spec = withClasses(getSpec("test-efficientnet"), 3);
    const [first, last] = await Promise.all([weights, back!].map(async (file) => readCheckpoint(readFileSync(file))));
    expect([...last!.tensors.keys()]).toEqual([...first!.tensors.keys()]);
    const [from, to] = [canonicalWeights(spec, first!), canonicalWeights(spec, last!)];
    for (const name of from.names) expect(to.read(name)).toEqual(from.read(name));
  });

  it("halves the file with --dtype f16", async () => {
    const half = scratch.path("half.safetensors");
    const made = JSON.parse(await answered("convert", weights, half, "--dtype", "f16", "--json"));
    expect(made).toMatchObject({ network: "test-efficientnet", classes: 3, names: "canonical", dtype: "F16" });
    expect(made.bytes).toBe(statSync(half).size);
    expect(made.bytes).toBeLessThan(0.55 * statSync(weights).size);
  });

  it("does not replace a file unless told, and leaves nothing beside it", async () => {
    const taken = scratch.write("taken/net.safetensors", "precious");
    const { code, err } = await cli(["convert", weights, taken]);
    expect({ code, err: scratch.strip(err) }).toEqual({
      code: 2,
      err: "error: taken/net.safetensors exists\n  hint: --force replaces it\n",
    });
    expect(readFileSync(taken, "utf8")).toBe("precious");
    await answered("convert", weights, taken, "--force");
    expect(readdirSync(scratch.path("taken"))).toEqual(["net.safetensors"]);
  });

  it("says where the library has no such network", async () => {
    const to = scratch.path("nowhere.safetensors");
    expect(await cli(["convert", weights, to, "--names", "torchvision"])).toMatchObject({
      code: 0,
      err: "warning: torchvision has no network test-efficientnet: the file has its names, and it will not load it\n",
    });
    expect((await cli(["convert", weights, to, "--names", "torchvision", "--force", "--quiet"])).err).toBe("");
  });

  it("warns where the library will run the file differently", async () => {
    const to = scratch.path("other.safetensors");
    const own = scratch.write(
      "same.json",
      JSON.stringify({ ...withClasses(getSpec("test-efficientnet"), 3), padding: "same" }),
    );
    const { code, err } = await cli(["convert", weights, to, "--model", own, "--names", "timm"]);
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: timm runs its own test-efficientnet with another padding or epsilon than same and /);
  });

  it.each<[what: string, argv: readonly string[], code: number, message: string]>([
    [
      "unknown names",
      [weights, scratch.path("x.safetensors"), "--names", "tim"],
      2,
      'unknown family "tim"\n  hint: did you mean timm?',
    ],
    [
      "an unknown element type",
      [weights, scratch.path("x.safetensors"), "--dtype", "f8"],
      2,
      'unknown element type "f8"\n  hint: known: f32, f16',
    ],
    [
      "a name of another format",
      [weights, scratch.path("x.pth")],
      2,
      "x.pth is no name for what is written\n  expected: a name ending in .safetensors",
    ],
    [
      "a folder that does not exist",
      [weights, scratch.path("nodir", "x.safetensors")],
      2,
      "nodir/x.safetensors cannot be written: nodir does not exist\n  expected: a folder that exists",
    ],
    [
      "labels that are not one for each class",
      [weights, scratch.path("x.safetensors"), "--labels", scratch.write("two.txt", "a\nb")],
      2,
      "2 labels for 3 classes",
    ],
  ])("refuses %s, and writes nothing", async (_, argv, code, message) => {
    const ended = await cli(["convert", ...argv]);
    expect({ code: ended.code, err: scratch.strip(ended.err) }).toEqual({ code, err: `error: ${message}\n` });
    expect(readdirSync(scratch.path()).filter((name) => name.startsWith("x."))).toEqual([]);
  });
});

describe("verify", () => {
  it("says that a file is whole and fits", async () => {
    expect(await answered("verify", weights, "--model", TEST_MODEL)).toMatchInlineSnapshot(`
      "file        tiny.safetensors
      format      safetensors, 75 arrays, F32
      names       timm
      network     test-efficientnet
      classes     3
      fits        yes
      run as      timm/test_efficientnet
      parameters  100 k
      finite      yes
      sha256      SHA-256
      verified    yes
      "
    `);
  });

  it("compares the SHA-256, whole or its beginning", async () => {
    const { sha256 } = JSON.parse((await cli(["verify", weights, "--json"])).out);
    const hash = sha256["tiny.safetensors"];
    await answered("verify", weights, "--sha256", hash);
    await answered("verify", weights, "--sha256", hash.slice(0, 8).toUpperCase());
    const { code, out } = await cli(["verify", weights, "--sha256", "01234567"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^expected +01234567$/m);
    expect(out).toMatch(/^verified +no$/m);
  });

  it("finds every array with a value that is not finite", async () => {
    const spoilt = testWeights({
      spoil: (arrays) =>
        arrays.map(([name, array]) => {
          const values = array.values.slice();
          if (name === "bn1.bias") values[3] = Number.NaN;
          if (name === "classifier.bias") values[0] = Number.POSITIVE_INFINITY;
          return [name, { ...array, values }];
        }),
    });
    const { code, out } = await cli(["verify", scratch.write("nan.safetensors", spoilt)]);
    expect(code).toBe(1);
    expect(out).toMatch(/^finite +no: bn1\.bias holds NaN at index 3 and 1 more arrays hold such values$/m);
  });

  it.each([
    ["of another network", "efficientnet-b0", /^fits +no\nlooks like +test-efficientnet$/m],
    [
      "of another library",
      "torchvision/efficientnet_b0",
      /^source +not what torchvision\/efficientnet_b0 says: its arrays are named as torchvision names them$/m,
    ],
  ])("ends with 1 for weights %s", async (_, model, said) => {
    const { code, out } = await cli(["verify", weights, "--model", model]);
    expect(code).toBe(1);
    expect(out).toMatch(said);
  });
});

describe("weights by their name", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub(testWeights());
    vi.stubEnv("HF_ENDPOINT", hub.address);
    vi.stubEnv("EFFICIENTNET_CACHE", scratch.path("cache"));
    return () => {
      hub.close();
      vi.unstubAllEnvs();
    };
  });

  it("are downloaded once, kept, listed and removed", async () => {
    expect((await cli(["cache", "list"])).out).toBe("nothing is kept\n");
    expect(await answered("cache", "path")).toBe("cache\n");
    const [first, second] = [await answered("download", "hf:owner/tiny"), await answered("download", "hf:owner/tiny")];
    expect(first).toMatchInlineSnapshot(`
      "file                 size  sha256
      model.safetensors  417 kB  SHA-256
      "
    `);
    expect(second).toBe(first);
    expect(hub.asked.filter((path) => path.endsWith("model.safetensors"))).toHaveLength(1);
    expect(JSON.parse(await answered("cache", "list", "--json")).files).toContainEqual({
      url: expect.stringMatching(/owner\/tiny\/resolve\/c{40}\/model\.safetensors$/),
      bytes: testWeights().length,
      sha256: "SHA-256",
    });
    expect(await answered("cache", "clear")).toMatch(/^\d+ kB freed\n$/);
    expect(await answered("cache", "list")).toBe("nothing is kept\n");
  });

  it("are written where they are wanted, and replace nothing unless told", async () => {
    const to = scratch.path("copy.safetensors");
    await answered("download", "hf:owner/tiny", "--to", to);
    expect(readFileSync(to).equals(testWeights())).toBe(true);
    expect((await cli(["download", "hf:owner/tiny", "--to", to])).code).toBe(2);
    await answered("download", "hf:owner/tiny", "--to", to, "--force");
    mkdirSync(scratch.path("folder"));
    await answered("download", "hf:owner/tiny", "--to", scratch.path("folder"));
    expect(readdirSync(scratch.path("folder"))).toEqual(["model.safetensors"]);
  });

  it("say by a repository what arrays cannot: published weights need no other argument", async () => {
    const source = `hf:${TEST_MODEL}`;
    const [, best] = (await answered("classify", picture, "--weights", source, "--top-k", "1")).split("\n");
    expect(best).toMatch(/class \d/);
    expect(await answered("inspect", source)).toMatch(/^network +test-efficientnet$/m);
  });

  it("are inspected at their address for the price of their header", async () => {
    await cli(["cache", "clear"]);
    const [before, whole] = [hub.ranges.length, await answered("inspect", weights)];
    const address = `${hub.address}/owner/tiny/resolve/main/model.safetensors`;
    expect((await answered("inspect", address)).replace(address, "tiny.safetensors")).toBe(whole);
    expect(hub.ranges.slice(before)).toEqual(["bytes=0-65535"]);
    expect(await answered("cache", "list")).toBe("nothing is kept\n");
  });

  it("are downloaded to be inspected where the server does not say how long they are", async () => {
    const address = `${hub.address}/files/unsized.safetensors`;
    expect(await answered("inspect", address)).toMatch(/^network +test-efficientnet$/m);
    expect(await answered("cache", "list")).toContain(address);
  });

  it("show how far they are, where somebody watches", async () => {
    await cli(["cache", "clear"]);
    const { err } = await cli(["download", "hf:owner/tiny"], { isTerminal: true });
    expect(err).toMatch(/model\.safetensors {2}\[#{20}\] {2}\d+ kB of \d+ kB/);
    expect((await cli(["download", "hf:owner/tiny", "--quiet"], { isTerminal: true })).err).toBe("");
  });

  it("that do not exist end with an error", async () => {
    const { code, err } = await cli(["download", "hf:owner/tiny/absent.bin"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: owner\/tiny has no absent\.bin\n/);
  });
});
