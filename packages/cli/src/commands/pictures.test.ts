import { existsSync, readdirSync, readFileSync } from "node:fs";
import { getSpec } from "@efficientnet/specs";
import { readSafetensors } from "@efficientnet/weights";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { cli } from "../testing/cli.js";
import { checks, slope, stripes } from "../testing/draw-bmp.js";
import { createScratch } from "../testing/scratch.js";
import { TEST_MODEL, testWeights } from "../testing/test-weights.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

const weights = scratch.write("tiny.safetensors", testWeights());
const withoutClassifier = scratch.write(
  "notop.safetensors",
  testWeights({ spoil: (arrays) => arrays.filter(([name]) => !name.startsWith("classifier")) }),
);
const labels = scratch.write("labels.txt", "red\ngreen\nblue\n");
const picture = scratch.write("stripes.bmp", stripes());
const other = scratch.write("checks.bmp", checks());
scratch.write("examples/stripes/1.bmp", stripes());
scratch.write("examples/checks/1.bmp", checks());
scratch.write("examples/checks/notes.txt", "not a picture");
scratch.write("examples/slope/1.bmp", slope());
scratch.write("examples/slope/2.bmp", slope());
scratch.write("examples/.hidden/1.bmp", "not a picture");

const tiny = ["--model", TEST_MODEL, "--weights", weights];
const lines = (text: string): unknown[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("classify by the network's classes", () => {
  it("answers with labels, best first", async () => {
    const { code, out, err } = await cli(["classify", picture, other, ...tiny, "--labels", labels]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [first, ...rest] = scratch.strip(out).split("\n");
    expect([first, rest[3]]).toEqual(["stripes.bmp", "checks.bmp"]);
    const answers = rest.slice(0, 3).map((line) => /^ {2}(0\.\d{3}) {2}(\w+)$/.exec(line)?.slice(1));
    expect(answers.map((answer) => answer?.[1]).sort()).toEqual(["blue", "green", "red"]);
    const scores = answers.map((answer) => Number(answer?.[0]));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 2);
  });

  it("answers with a line of JSON for each picture", async () => {
    const { out } = await cli(["classify", picture, other, ...tiny, "--json", "--top-k", "2"]);
    expect(lines(out)).toMatchObject([
      { file: picture, predictions: [{ label: expect.stringMatching(/^class [012]$/) }, {}] },
      { file: other, predictions: [{}, {}] },
    ]);
  });

  it("takes labels as a JSON array", async () => {
    const file = scratch.write("labels.json", '["rouge", "vert", "bleu"]');
    const { out } = await cli(["classify", picture, ...tiny, "--labels", file, "--top-k", "3"]);
    expect(out).toContain("rouge");
  });

  it("answers alike on every backend, and for the same picture in another format", async () => {
    const png = scratch.path("stripes.png");
    await sharp(Buffer.from(drawn()), { raw: { width: 24, height: 24, channels: 3 } })
      .png()
      .toFile(png);
    const on = async (file: string, backend: string) =>
      (await cli(["classify", file, ...tiny, "--backend", backend])).out.split("\n").slice(1);
    const wasm = await on(picture, "wasm");
    expect(wasm).toHaveLength(4);
    expect(await on(picture, "cpu")).toEqual(wasm);
    expect(await on(png, "wasm")).toEqual(wasm);
  });

  it("recognises the network where the weights alone say it", async () => {
    const { code, out } = await cli(["classify", picture, "--weights", weights]);
    expect(code).toBe(0);
    expect(out).toBe((await cli(["classify", picture, ...tiny])).out);
  });

  it("runs an untrained network, and says so unless it should be quiet", async () => {
    const untrained = ["classify", picture, "--model", "test-efficientnet", "--seed", "7"];
    const { code, out, err } = await cli(untrained);
    expect(code).toBe(0);
    expect(err).toBe("warning: this network is untrained (seed 7): its answers mean nothing\n");
    expect(await cli([...untrained, "--quiet"])).toEqual({ code: 0, out, err: "" });
  });

  it("runs a network of one's own", async () => {
    const spec = { ...getSpec("test-efficientnet"), name: "mine", head: { channels: 32, classes: 2 } };
    const file = scratch.write("mine.json", JSON.stringify(spec));
    const { out } = await cli(["classify", picture, "--model", file, "--seed", "7", "--json", "-q"]);
    expect(lines(out)).toMatchObject([{ predictions: [{}, {}] }]);
  });

  it("shows progress on a terminal, and the backend when asked", async () => {
    const { err } = await cli(["classify", picture, ...tiny, "--verbose"], { isTerminal: true });
    expect(err).toContain("loading 100 %\r\x1b[Ktest-efficientnet on wasm");
    expect(scratch.strip(err).endsWith("1/1 stripes.bmp\r\x1b[K")).toBe(true);
  });
});

describe("classify by examples", () => {
  const examples = ["--weights", withoutClassifier, "--examples", scratch.path("examples")];

  it("a picture is what it is most similar to", async () => {
    const { code, out, err } = await cli(["classify", picture, other, ...examples, "--json"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [first, second] = lines(out) as { matches: { label: string; similarity: number }[] }[];
    expect(first?.matches.map(({ label }) => label).sort()).toEqual(["checks", "slope", "stripes"]);
    expect(first?.matches[0]?.label).toBe("stripes");
    expect(first?.matches[0]?.similarity).toBeCloseTo(1, 5);
    expect(second?.matches[0]?.label).toBe("checks");
  });

  it("answers with as many labels as asked for", async () => {
    const { out } = await cli(["classify", picture, ...examples, "--top-k", "1"]);
    expect(scratch.strip(out)).toBe("stripes.bmp\n  1.000  stripes\n");
  });

  it("lets neighbours vote when asked", async () => {
    const { out } = await cli(["classify", picture, ...examples, "--neighbours", "1"]);
    expect(scratch.strip(out)).toBe("stripes.bmp\n  1.000  stripes\n");
    const all = await cli(["classify", picture, ...examples, "--neighbours", "4", "--json"]);
    expect(lines(all.out)).toMatchObject([{ matches: { length: 3 } }]);
  });

  it("saves examples whole, and answers alike from what it saved", async () => {
    const saved = scratch.path("saved.json");
    const { out } = await cli(["classify", other, ...examples, "--save-examples", saved]);
    expect(JSON.parse(readFileSync(saved, "utf8"))).toMatchObject({ format: "efficientnet-examples-1" });
    expect(readdirSync(scratch.path()).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    const again = await cli(["classify", other, "--weights", withoutClassifier, "--examples", saved]);
    expect(again).toEqual({ code: 0, out, err: "" });
  });

  it("can save examples without a picture to classify", async () => {
    const saved = scratch.path("only-saved.json");
    expect(await cli(["classify", ...examples, "--save-examples", saved])).toEqual({ code: 0, out: "", err: "" });
    expect(existsSync(saved)).toBe(true);
  });

  it("knows its examples under any name of the same network, and refuses those of other weights", async () => {
    const saved = scratch.path("named.json");
    await cli(["classify", ...examples, "--save-examples", saved]);
    const named = ["--model", "timm/test_efficientnet", "--weights", withoutClassifier, "--examples", saved];
    expect((await cli(["classify", picture, ...named])).code).toBe(0);
    const { code, err } = await cli(["classify", picture, ...tiny, "--examples", saved]);
    expect(code).toBe(1);
    expect(scratch.strip(err).replaceAll(/[0-9a-f]{16}/g, "<digest>")).toMatchInlineSnapshot(`
      "error: named.json: these examples were made by another network
        expected: test-efficientnet <digest>
        received: test-efficientnet <digest>
        hint: embeddings of different networks or weights cannot be compared: make the examples again
      "
    `);
  });
});

describe("embed", () => {
  it("answers with the pooled features as JSON", async () => {
    const { code, out } = await cli(["embed", picture, other, ...tiny, "--json"]);
    expect(code).toBe(0);
    const embeddings = lines(out) as { file: string; embedding: number[] }[];
    expect(embeddings.map(({ file }) => file)).toEqual([picture, other]);
    const { channels } = getSpec("test-efficientnet").head;
    expect(embeddings.map(({ embedding }) => embedding.length)).toEqual([channels, channels]);
    expect(embeddings[0]?.embedding).not.toEqual(embeddings[1]?.embedding);
  });

  it("has a line for people otherwise", async () => {
    const { out } = await cli(["embed", picture, ...tiny]);
    expect(scratch.strip(out)).toMatch(/^stripes\.bmp {2}\d+ values, length \d+\.\d{4}: (-?\d+\.\d{4}, ){4}\.\.\.\n$/);
  });
});

describe("features", () => {
  it("shows the levels of the pyramid", async () => {
    const { code, out } = await cli(["features", picture, ...tiny, "--json", "--levels", "0,-1,head"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      features: [
        { level: 0, reduction: 2, shape: [1, 80, 80, 16] },
        { level: 4, reduction: 32, shape: [1, 5, 5, 64] },
        { level: "head", reduction: 32, shape: [1, 5, 5, 256] },
      ],
    });
  });

  it("saves the maps themselves", async () => {
    const saved = scratch.path("maps.safetensors");
    const { out } = await cli(["features", picture, ...tiny, "--save", saved, "--json"]);
    const { tensors } = readSafetensors(readFileSync(saved));
    expect([...tensors.keys()]).toEqual(["level.0", "level.1", "level.2", "level.3", "level.4"]);
    const map = tensors.get("level.4")?.read() ?? new Float32Array();
    const mean = map.reduce((sum, value) => sum + value, 0) / map.length;
    expect(JSON.parse(out).features[4].mean).toBeCloseTo(mean, 5);
  });
});

it.each<[command: string, argv: readonly string[]]>([
  ["classify", ["classify", picture, ...tiny]],
  [
    "classify by examples",
    ["classify", picture, "--weights", withoutClassifier, "--examples", scratch.path("examples")],
  ],
  ["embed", ["embed", picture, ...tiny]],
  ["features", ["features", picture, ...tiny]],
])("%s has a limit of pixels, for pictures and for what the network sees", async (_, argv) => {
  const limited = (pixels: number) => cli([...argv, "--max-pixels", String(pixels)]);
  expect(await limited(500)).toMatchObject({ code: 1, err: expect.stringContaining("576 pixels (24 x 24)") });
  expect(await limited(600)).toMatchObject({ code: 1, err: expect.stringContaining("25600 pixels (160 x 160)") });
  expect(await limited(25_600)).toMatchObject({ code: 0, err: "" });
});

/** The pixels of the striped picture, red first. */
function drawn(): Uint8Array {
  const bmp = stripes();
  return Uint8Array.from({ length: 24 * 24 * 3 }, (_, i) => {
    const [row, column, channel] = [Math.floor(i / 72), Math.floor((i % 72) / 3), i % 3];
    return bmp[54 + (23 - row) * 72 + column * 3 + (2 - channel)] ?? 0;
  });
}
