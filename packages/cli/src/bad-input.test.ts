import { mkdirSync, readdirSync } from "node:fs";
import type { TensorValues } from "@efficientnet/weights";
import { afterAll, describe, expect, it } from "vitest";
import { cli } from "./testing/cli.js";
import { stripes } from "./testing/draw-bmp.js";
import { createScratch } from "./testing/scratch.js";
import { TEST_MODEL, testWeights } from "./testing/test-weights.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

const picture = scratch.write("cat.bmp", stripes());
const second = scratch.write("dog.bmp", stripes());
const weights = scratch.write("tiny.safetensors", testWeights());
const labels = scratch.write("two.txt", "cat\ndog\n");
const noPicture = scratch.write("notes.jpg", "these are notes");
const halfPicture = scratch.write("half.bmp", stripes().subarray(0, 900));
const folder = scratch.path("photos");
mkdirSync(folder);
scratch.write("broken/cat/1.bmp", stripes());
scratch.write("broken/dog/1.bmp", "no picture");
scratch.write("flat/1.bmp", stripes());
scratch.write("empty/cat/notes.txt", "");

const tiny = ["--model", TEST_MODEL, "--weights", weights];
const classify = (...options: string[]) => ["classify", picture, ...options];

/** Runs the command and strips what differs between machines. */
async function said(argv: readonly string[]) {
  const { code, out, err } = await cli(argv);
  // Newer versions of Node also say in which line JSON breaks off.
  const told = scratch
    .strip(err)
    .replace(process.cwd(), "HERE")
    .replace(/(no known weights file\n {2}expected: ).*/, "$1FORMATS")
    .replace(/ \(line \d+ column \d+\)/, "");
  return { code, out: scratch.strip(out), err: told };
}

/** The tiny network's file with one array changed. */
function spoilt(name: string, change: (array: TensorValues) => TensorValues | null): string {
  const spoil = (arrays: readonly (readonly [string, TensorValues])[]) =>
    arrays.flatMap(([own, array]) => {
      const changed = own === name ? change(array) : array;
      return changed === null ? [] : [[own, changed] as const];
    });
  return scratch.write("spoilt.safetensors", testWeights({ spoil }));
}

describe("wrong usage ends with 2", () => {
  it.each<[what: string, argv: readonly string[], message: string]>([
    [
      "an unknown command",
      ["clasify"],
      `error: unknown command 'clasify'
(Did you mean classify?)
(efficientnet --help lists commands and options)`,
    ],
    [
      "an unknown option",
      ["classify", "x.jpg", "--topk", "3"],
      `error: unknown option '--topk'
(Did you mean --top-k?)
(efficientnet --help lists commands and options)`,
    ],
    [
      "a missing argument",
      ["inspect"],
      `error: missing required argument 'name'
(efficientnet --help lists commands and options)`,
    ],
    [
      "an argument too many",
      ["list", "everything"],
      `error: too many arguments for 'list'. Expected 0 arguments but got 1.
(efficientnet --help lists commands and options)`,
    ],
    [
      "a number that is none",
      ["classify", "x.jpg", "--top-k", "few"],
      `error: option '--top-k <n>' argument 'few' is invalid. It is not a whole number above 0.
(efficientnet --help lists commands and options)`,
    ],
    [
      "an unknown model",
      classify("--model", "efficientnet-b9", "--seed", "1"),
      `error: unknown model "efficientnet-b9"
  hint: did you mean efficientnet-b0, efficientnet-b1, efficientnet-b2?`,
    ],
    [
      "unknown weights",
      ["inspect", "keras/EfficientNetV2B9"],
      `error: unknown weights "keras/EfficientNetV2B9"
  hint: did you mean keras/EfficientNetV2B0, keras/EfficientNetV2B1, keras/EfficientNetV2B2?`,
    ],
    [
      "an unknown backend",
      classify(...tiny, "--backend", "wasn"),
      `error: unknown backend "wasn"
  hint: did you mean wasm?`,
    ],
    [
      "no weights",
      classify("--model", "test-efficientnet"),
      `error: which weights?
  expected: --weights FILE, --model with the name of published weights, or --seed N with --model NAME`,
    ],
    [
      "a seed without a model",
      classify("--seed", "3"),
      `error: which weights?
  expected: --weights FILE, --model with the name of published weights, or --seed N with --model NAME`,
    ],
    [
      "weights and a seed",
      classify("--weights", weights, "--seed", "3"),
      `error: option '--weights <source>' cannot be used with option '--seed <n>'
(efficientnet --help lists commands and options)`,
    ],
    [
      "no pictures",
      ["classify", ...tiny],
      `error: which pictures?
  expected: IMAGE...`,
    ],
    [
      "weights that are published in several versions",
      classify("--model", "timm/efficientnet_b0"),
      `error: "timm/efficientnet_b0" is the name of 2 sets of weights
  expected: timm/efficientnet_b0.ra_in1k or timm/efficientnet_b0.ra4_e3600_r224_in1k
  hint: they differ in training, and often in preprocessing`,
    ],
    [
      "weights that are published under no such name",
      classify("--weights", "timm/efficientnet_b0.ra_in2k"),
      `error: unknown weights "timm/efficientnet_b0.ra_in2k"
  hint: did you mean timm/efficientnet_b0.ra_in1k, timm/efficientnet_b2.ra_in1k, timm/efficientnet_b3.ra2_in1k?`,
    ],
    [
      "neighbours without examples",
      classify(...tiny, "--neighbours", "3"),
      `error: --neighbours needs examples
  expected: --examples DIR`,
    ],
    [
      "examples to save without examples",
      classify(...tiny, "--save-examples", "x.json"),
      `error: --save-examples needs examples
  expected: --examples DIR`,
    ],
    [
      "labels beside examples",
      classify(...tiny, "--labels", labels, "--examples", folder),
      `error: option '--labels <file>' cannot be used with option '--examples <dir>'
(efficientnet --help lists commands and options)`,
    ],
    [
      "labels for other classes",
      classify(...tiny, "--labels", labels),
      `error: 2 labels for 3 classes
  expected: 3 labels
  received: 2 labels`,
    ],
    [
      "a level that the network does not have",
      ["features", picture, ...tiny, "--levels", "7"],
      `error: test-efficientnet has no feature level 7
  expected: 0 to 4, -5 to -1, or "head"
  received: 7`,
    ],
  ])("%s", async (_, argv, message) => {
    const { code, out, err } = await said(argv);
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: `${message}\n` });
  });
});

describe("what fails ends with 1", () => {
  it.each<[what: string, argv: () => readonly string[], message: string]>([
    [
      "weights that are absent",
      () => classify("--weights", scratch.path("absent.safetensors")),
      `error: the weights file absent.safetensors cannot be read
  received: ENOENT: no such file or directory, open 'absent.safetensors'`,
    ],
    [
      "weights that are a folder",
      () => classify("--weights", folder),
      `error: the weights file photos cannot be read
  received: EISDIR: illegal operation on a directory, read`,
    ],
    [
      "weights that are a picture",
      () => classify("--weights", picture),
      `error: cat.bmp: this is no known weights file
  expected: FORMATS
  received: 1782 bytes beginning 42 4d f6 06 00 00 00 00`,
    ],
    [
      "weights that are cut off",
      () => classify("--weights", scratch.write("cut.st", testWeights().subarray(0, 5e4))),
      `error: cut.st: the file has fewer bytes than its tensors need
  expected: 409980 bytes of data
  received: 43456 bytes
  hint: the download may be incomplete`,
    ],
    [
      "weights of another network",
      () => classify("--model", "torchvision/efficientnet_b0", "--weights", weights),
      `error: tiny.safetensors: the file does not come from where "torchvision/efficientnet_b0" says
  expected: arrays named as torchvision names them
  received: arrays named as timm names them
  hint: the file looks like timm/test_efficientnet; name the weights that it holds: padding and preprocessing follow from it`,
    ],
    [
      "weights of another size",
      () => classify("--model", "timm/efficientnet_b0.ra_in1k", "--weights", weights),
      `error: tiny.safetensors: the weights do not fit efficientnet-b0 with 3 classes (arrays missing: 239, unexpected: 3, of another shape: 71)
  expected: conv_stem.weight [32,3,3,3], bn1.weight [32], bn1.bias [32], bn1.running_mean [32] and 306 more
  received: conv_stem.weight [24,3,3,3], bn1.weight [24], bn1.bias [24], bn1.running_mean [24] and 70 more
  hint: it looks like test-efficientnet with 3 classes`,
    ],
    [
      "weights with an array missing",
      () => classify(...model(spoilt("blocks.1.0.bn1.bias", () => null))),
      `error: spoilt.safetensors: the weights do not fit test-efficientnet with 3 classes (arrays missing: 1)
  expected: blocks.1.0.bn1.bias [64]
  hint: it looks like test-efficientnet with 3 classes (98 % alike)`,
    ],
    [
      "weights with a wrong shape",
      () => classify(...model(spoilt("bn1.bias", () => ones([7])))),
      `error: spoilt.safetensors: the weights do not fit test-efficientnet with 3 classes (arrays of another shape: 1)
  expected: bn1.bias [24]
  received: bn1.bias [7]
  hint: it looks like test-efficientnet with 3 classes (97 % alike)`,
    ],
    [
      "weights with a NaN",
      () => classify(...model(spoilt("bn1.bias", ({ shape }) => ones(shape, Number.NaN)))),
      `error: spoilt.safetensors: bn1.bias holds NaN at index 0
  expected: finite numbers
  hint: the file is damaged, or training diverged before it was saved`,
    ],
    [
      "weights of nobody",
      () =>
        classify(
          "--weights",
          spoilt("blocks.1.0.bn1.bias", () => null),
        ),
      `error: spoilt.safetensors: these weights are those of no network this version knows
  received: arrays that are 98 % like test-efficientnet's
  hint: for a network of your own give its spec`,
    ],
    [
      "weights without a classifier",
      () => classify(...model(scratch.write("notop.st", withoutClassifier()))),
      `error: these weights have no classifier
  hint: give examples of each class, one folder for each: --examples DIR`,
    ],
    [
      "a backend that needs a browser",
      () => classify(...tiny, "--backend", "webgl"),
      `error: the webgl backend cannot run here: Node has no WebGL
  hint: use the wasm backend`,
    ],
    [
      "labels that are absent",
      () => classify(...tiny, "--labels", scratch.path("absent.txt")),
      `error: the labels file absent.txt cannot be read
  received: ENOENT: no such file or directory, open 'absent.txt'`,
    ],
    [
      "labels with a gap",
      () => classify(...tiny, "--labels", scratch.write("gap.txt", "cat\n\ndog\n")),
      `error: label 2 of gap.txt is ""
  expected: a name for every class, in order: one a line, a JSON array of strings, or a JSON object { "0": name, "1": name, ... }`,
    ],
    [
      "labels that are no text",
      () => classify(...tiny, "--labels", scratch.write("odd.json", '["cat", 7]')),
      `error: label 2 of odd.json is 7
  expected: a name for every class, in order: one a line, a JSON array of strings, or a JSON object { "0": name, "1": name, ... }`,
    ],
    [
      "labels that are no JSON",
      () => classify(...tiny, "--labels", scratch.write("no.json", '["cat", ')),
      `error: no.json begins like a JSON array and is none
  received: Unexpected end of JSON input`,
    ],
    [
      "labels by numbers with a gap",
      () => classify(...tiny, "--labels", scratch.write("gap.json", '{"0": "cat", "2": "dog"}')),
      `error: the keys of gap.json are not the numbers of the classes
  expected: 0 to 1, each once
  received: "2"`,
    ],
    [
      "labels that begin as an object",
      () => classify(...tiny, "--labels", scratch.write("half.json", '{"0": ')),
      `error: half.json begins like a JSON object and is none
  received: Unexpected end of JSON input`,
    ],
    [
      "labels in an encoding of its own",
      () => classify(...tiny, "--labels", scratch.write("latin1.txt", Buffer.from("chat\nchâteau\nâne\n", "latin1"))),
      `error: the labels file latin1.txt is no text in an encoding that is read here
  expected: UTF-8, or UTF-16 with a byte order mark
  hint: save it as UTF-8`,
    ],
    [
      "labels that are none",
      () => classify(...tiny, "--labels", scratch.write("none.txt", "\n")),
      `error: none.txt holds no labels`,
    ],
    [
      "a spec that is no JSON",
      () => ["inspect", scratch.write("no-spec.json", "{")],
      `error: no-spec.json is not JSON
  received: Expected property name or '}' in JSON at position 1`,
    ],
    [
      "a spec that is a list",
      () => ["inspect", scratch.write("list.json", "[]")],
      `error: list.json is no architecture
  expected: an object like the "spec" of: efficientnet inspect efficientnet-b0 --json`,
    ],
    [
      "a spec with an impossible value",
      () => ["inspect", scratch.write("bad.json", '{"name": "mine", "stem": {}}')],
      `error: bad.json: stem.channels of mine is undefined
  expected: a positive integer`,
    ],
    [
      "a spec that is absent",
      () => ["inspect", scratch.path("absent.json")],
      `error: the spec absent.json cannot be read
  received: ENOENT: no such file or directory, open 'absent.json'`,
    ],
    [
      "a weights file that is absent",
      () => ["inspect", scratch.path("absent.pth")],
      `error: the weights file absent.pth cannot be read
  received: ENOENT: no such file or directory, open 'absent.pth'`,
    ],
    [
      "examples that are absent",
      () => classify(...tiny, "--examples", scratch.path("absent")),
      `error: the folder absent cannot be read
  received: ENOENT: no such file or directory, scandir 'absent'`,
    ],
    [
      "examples without folders",
      () => classify(...tiny, "--examples", scratch.path("flat")),
      `error: flat holds no folders
  expected: one folder for each class with its pictures inside: flat/cat/1.jpg`,
    ],
    [
      "examples without pictures",
      () => classify(...tiny, "--examples", scratch.path("empty")),
      `error: empty/cat holds no pictures
  expected: files ending in .avif, .bmp, .gif, .jfif, .jpeg, .jpg, .png, .svg, .tif, .tiff, .webp
  hint: every folder there is a class; move away what is none`,
    ],
    [
      "an example that is no picture",
      () => classify(...tiny, "--examples", scratch.path("broken")),
      `error: broken/dog/1.bmp: the file (10 bytes) cannot be decoded
  expected: a whole picture: JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG or BMP
  received: Input buffer contains unsupported image format`,
    ],
    [
      "a picture with more pixels than are allowed",
      () => ["features", picture, ...tiny, "--max-pixels", "500"],
      `error: cat.bmp: the BMP picture has 576 pixels (24 x 24)
  expected: at most 500
  hint: raise --max-pixels if this is meant`,
    ],
    [
      "an example with more pixels than are allowed",
      () => classify(...tiny, "--examples", scratch.path("broken"), "--max-pixels", "500"),
      `error: broken/cat/1.bmp: the BMP picture has 576 pixels (24 x 24)
  expected: at most 500
  hint: raise --max-pixels if this is meant`,
    ],
    [
      "an example set that is none",
      () => classify(...tiny, "--examples", labels),
      `error: two.txt: this is not an example set
  expected: efficientnet-examples-1`,
    ],
    [
      "a picture that is none",
      () => ["features", noPicture, ...tiny],
      `error: notes.jpg: the file (15 bytes) cannot be decoded
  expected: a whole picture: JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG or BMP
  received: Input buffer contains unsupported image format`,
    ],
  ])("%s", async (_, argv, message) => {
    const { code, out, err } = await said(argv());
    expect({ code, out, err }).toEqual({ code: 1, out: "", err: `${message}\n` });
  });

  it("a picture that cannot be used, and the others are answered all the same", async () => {
    const pictures = [noPicture, picture, halfPicture, folder, "absent.jpg", second];
    const { code, out, err } = await said(["classify", ...pictures, ...tiny, "--top-k", "1"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^cat\.bmp\n {2}0\.\d{3} {2}class \d\ndog\.bmp\n {2}0\.\d{3} {2}class \d\n$/);
    expect(err).toMatchInlineSnapshot(`
      "error: notes.jpg: the file (15 bytes) cannot be decoded
        expected: a whole picture: JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG or BMP
        received: Input buffer contains unsupported image format
      error: half.bmp: the BMP picture is damaged: it ends early
        expected: 1782 bytes or more
        received: 900 bytes
      error: photos is a folder
        expected: pictures
        hint: name the pictures in it, as photos/*.jpg does in most shells
      error: there is no file absent.jpg
        hint: relative paths start at HERE
      "
    `);
  });

  it("a place where nothing can be written, with nothing left behind", async () => {
    scratch.write("pair/cat/1.bmp", stripes());
    const examples = ["--examples", scratch.path("pair"), "--save-examples"];
    const { code, out, err } = await said(classify(...tiny, ...examples, scratch.path("absent", "set.json")));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe(
      "error: absent/set.json cannot be written: absent does not exist\n  expected: a folder that exists\n",
    );
  });

  it("a place that is taken, and what was there stays", async () => {
    scratch.write("taken.json/precious", "");
    const taken = scratch.path("taken.json");
    const { code, err } = await said(classify(...tiny, "--examples", scratch.path("pair"), "--save-examples", taken));
    expect(code).toBe(1);
    expect(err).toMatch(/^error: E(ISDIR|EXIST|PERM|NOTEMPTY): /);
    expect(readdirSync(taken)).toEqual(["precious"]);
    expect(readdirSync(scratch.path()).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

it("errors have their stacks when asked for, by option or by the environment", async () => {
  const argv = ["inspect", scratch.path("absent.json")];
  expect((await cli(argv)).err).not.toMatch(/^ +at /m);
  expect((await cli([...argv, "--verbose"])).err).toMatch(/^ +at /m);
  expect((await cli(argv, { debug: true })).err).toMatch(/^ +at /m);
});

it("an interrupt ends with 130, and nothing more is said", async () => {
  const interrupt = new AbortController();
  const heard: string[] = [];
  const out = (text: string) => {
    heard.push(text);
    interrupt.abort();
  };
  const argv = ["classify", picture, second, picture, ...tiny, "--json"];
  const { code, err } = await cli(argv, { out, signal: interrupt.signal });
  expect({ code, err }).toEqual({ code: 130, err: "" });
  expect(heard).toHaveLength(1);
});

const model = (file: string) => ["--model", TEST_MODEL, "--weights", file];

function ones(shape: readonly number[], value = 1): TensorValues {
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, values: new Float32Array(length).fill(value) };
}

function withoutClassifier(): Uint8Array {
  return testWeights({ spoil: (arrays) => arrays.filter(([name]) => !name.startsWith("classifier")) });
}
