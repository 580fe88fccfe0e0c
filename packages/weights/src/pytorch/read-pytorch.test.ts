import { readdirSync, readFileSync } from "node:fs";
import { isEfficientNetError } from "@efficientnet/errors";
import { fuzzRuns } from "@efficientnet-tooling/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCheckpoint } from "../index.js";
import { join, makeZip } from "../testing/make-zip.js";
import { readZip } from "../zip/read-zip.js";

/** Written by tooling/reference/weights-torch-files.py. */
const FOLDER = new URL("../../fixtures/pytorch/", import.meta.url);
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(name, FOLDER)));
const EXPECTED: Readonly<Record<"all" | "unsigned", Readonly<Record<string, { shape: number[]; values: number[] }>>>> =
  JSON.parse(readFileSync(new URL("expected.json", FOLDER), "utf8"));

/** The files of a PyTorch zip, some of them replaced, added or (null) left out. */
function rewrite(name: string, changes: (folder: string) => Readonly<Record<string, Uint8Array | string | null>>) {
  const files = new Map<string, Uint8Array | string | null>(
    [...readZip(fixture(name))].map(([path, entry]) => [path, entry.read()]),
  );
  const folder = `${name.replace(/\.\w+$/, "")}/`;
  for (const [path, data] of Object.entries(changes(folder))) files.set(folder + path, data);
  return makeZip([...files].flatMap(([path, data]) => (data === null ? [] : [{ name: path, data }])));
}

/** The file with the first place where it holds some characters changed. */
function patch(file: Uint8Array, from: string, to: string): Uint8Array {
  const at = String.fromCharCode(...file).indexOf(from);
  const patched = file.slice();
  patched.set(
    Array.from(to, (character) => character.charCodeAt(0)),
    at,
  );
  return patched;
}

async function outcome(file: Uint8Array): Promise<string> {
  try {
    for (const tensor of (await readCheckpoint(file)).tensors.values()) tensor.read();
  } catch (error) {
    if (isEfficientNetError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "read";
}

describe("readCheckpoint of PyTorch's files", () => {
  it.each([
    ["the zip of today", "zip.pth", "all"],
    ["the stream of versions before 1.6", "stream.pth", "all"],
    ["a zip with a pickle of protocol 4", "protocol-4.pth", "all"],
    ["a stream with pickles of protocol 5", "protocol-5-stream.pth", "all"],
    ["untyped storages of unsigned numbers", "unsigned.pth", "unsigned"],
  ] as const)("reads tensors of every type and view out of %s", async (_, name, key) => {
    const { format, tensors } = await readCheckpoint(fixture(name));
    expect(format).toBe("pytorch");
    const found = [...tensors].map(([tensor, { shape, read }]) => [tensor, { shape, values: [...read()] }]);
    const expected = Object.entries(EXPECTED[key]).map(([tensor, { shape, values }]) => [
      tensor,
      { shape, values: values.map(Math.fround) },
    ]);
    expect(found).toEqual(expected);
  });

  it("leaves contiguous tensors where they are in the file", async () => {
    const file = fixture("zip.pth");
    const { tensors } = await readCheckpoint(file);
    expect(tensors.get("whole")?.read().buffer).toBe(file.buffer);
    expect(tensors.get("transposed")?.read().buffer).not.toBe(file.buffer);
  });

  it("opens a training checkpoint: averages first, nothing but tensors", async () => {
    const { tensors, metadata } = await readCheckpoint(fixture("training.pth.tar"));
    expect([...tensors].map(([name, { dtype, read }]) => [name, dtype, ...read()])).toEqual([
      ["module.conv_stem.weight", "F32", 2, 2],
      ["module.bn1.num_batches_tracked", "I64", 7],
    ]);
    expect([...metadata]).toEqual([
      ["wrapper", "state_dict_ema"],
      ["movingAverage", "true"],
    ]);
  });

  it("swaps the bytes of a machine that writes them the other way round", async () => {
    const file = rewrite("zip.pth", () => ({
      byteorder: "big",
      "data/2": Uint8Array.of(0x3f, 0x80, 0xc0, 0x40, 0, 1),
    }));
    expect((await readCheckpoint(file)).tensors.get("bf16")?.read()).toEqual(Float32Array.of(1, -3, 2 ** -133));
  });

  it("reads files without the small files that older versions do not write", async () => {
    const file = rewrite("zip.pth", () => ({ byteorder: null, version: null, ".data/serialization_id": null }));
    expect((await readCheckpoint(file)).tensors.size).toBe(17);
  });

  it("inflates a storage once that others deflated, however many tensors share it", async () => {
    const parts = [...readZip(fixture("zip.pth"))].map(([name, entry]) => ({
      name,
      data: entry.read(),
      deflate: true,
    }));
    const { tensors } = await readCheckpoint(makeZip(parts));
    const [whole, corner] = [tensors.get("whole"), tensors.get("corner")];
    expect(whole?.read()).toEqual(Float32Array.from({ length: 24 }, (_, i) => i));
    expect(whole?.read().buffer).toBe(whole?.read().buffer);
    expect(corner?.read()).toEqual(Float32Array.of(18, 19, 22, 23));
  });

  it("refuses a file that wants to run a command, naming it", async () => {
    await expect(readCheckpoint(fixture("malicious.pth"))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the pickle wants to call posix.system, which no weights need
        hint: nothing was run; if the file is yours, save model.state_dict() alone, and if not, open it with nothing else]
    `);
  });

  it.each([
    [
      "a whole model",
      "module.pth",
      "wrong-file: the pickle wants to call torch.nn.modules.linear.Linear, which no weights need",
    ],
    [
      "a whole model of old",
      "module-stream.pth",
      "wrong-file: the pickle wants to call torch.nn.modules.linear.Linear, which no weights need",
    ],
    ["TorchScript", "torchscript.pt", "unsupported: this is a TorchScript archive, not a state dict"],
    ["complex numbers", "complex.pth", "unsupported: the file has tensors of torch.ComplexFloatStorage"],
    ["a repeated element", "expanded.pth", "wrong-file: a tensor of shape [1000] does not fit its storage"],
    ["a list", "list.pth", "wrong-file: the PyTorch file has no named tensors"],
  ])("refuses %s", async (_, name, message) => {
    expect((await outcome(fixture(name))).split("\n")[0]).toBe(message);
  });

  it.each<[string, Readonly<Record<string, Uint8Array | string | null>>, string]>([
    ["without one of its storages", { "data/0": null }, 'the PyTorch file lacks the data of storage "0"'],
    ["with a storage cut off", { "data/0": "short" }, 'the PyTorch file lacks the data of storage "0"'],
    ["without its pickle", { "data.pkl": null }, "the PyTorch file has 0 data.pkl"],
    ["of a version to come", { version: "11\n" }, "the PyTorch file is of a newer format"],
    ["of an unknown byte order", { byteorder: "middle" }, "the PyTorch file has an unknown byte order"],
    [
      "whose version is a book",
      { version: "3".repeat(100) },
      'the PyTorch file has no "zip/version" of a possible size',
    ],
  ])("refuses a file %s", async (_, changes, message) => {
    expect((await outcome(rewrite("zip.pth", () => changes))).split("\n")[0]?.replace(/^[\w-]+: /, "")).toBe(message);
  });

  it.each<[string, (stream: Uint8Array) => Uint8Array, string]>([
    [
      "with bytes left over",
      (stream) => join([stream, Uint8Array.of(0)]),
      "the PyTorch file has bytes after its last storage",
    ],
    ["that is cut off", (stream) => stream.subarray(0, -1), "the PyTorch file ends too early"],
    ["of another protocol", (stream) => patch(stream, "M\xe9\x03.", "M\xea\x03."), "the pickle cannot be read"],
    [
      "with a storage of another length",
      (stream) => patch(stream, "K\x03Nt", "K\x04Nt"),
      'storage "0" is not the one the pickle describes',
    ],
    [
      "with one storage of two lengths",
      (stream) => patch(stream, "K\x18Nt", "K\x19Nt"),
      'the pickle describes storage "0" in two ways',
    ],
  ])("refuses a stream %s", async (_, change, message) => {
    const stream = await outcome(change(fixture("stream.pth")));
    expect(stream.split("\n")[0]?.replace(/\d{5,}/, "0")).toBe(`wrong-file: ${message}`);
  });

  it("refuses dicts nested without end, however short the pickle is", async () => {
    // Each dict holds the one before four times: 16 million names in 300 bytes.
    const four = (memo: string) => `q${memo}0}(${[..."abcd"].map((name) => `U\x01${name}h${memo}`).join("")}u`;
    const quadrupled = Array.from({ length: 12 }, (_, level) => four(String.fromCharCode(level)));
    const wide = Uint8Array.from(`\x80\x02}${quadrupled.join("")}.`, (character) => character.charCodeAt(0));
    const own = Uint8Array.from("\x80\x02}q\0U\x01ah\0s.", (character) => character.charCodeAt(0));
    for (const pickle of [wide, own]) {
      expect(await outcome(rewrite("list.pth", () => ({ "data.pkl": pickle })))).toMatch(
        "wrong-file: the pickle nests dicts without end",
      );
    }
  });

  const seeds = readdirSync(FOLDER).filter((name) => /pth|pt$/.test(name));
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  const TYPED = /^(?:read|wrong-file: |unsupported: )/;

  it("answers any damage to a file with a reading or an error of its own", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...seeds), damage, fc.nat(), async (name, changes, cut) => {
        const file = fixture(name);
        for (const [at, value] of changes) file[at % file.length] = value;
        expect(await outcome(file)).toMatch(TYPED);
        expect(await outcome(file.subarray(0, cut % file.length))).toMatch(TYPED);
      }),
      { numRuns: fuzzRuns() },
    );
  });

  it("answers any damage to a pickle in a sound zip with a reading or an error of its own", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("zip.pth", "protocol-4.pth", "training.pth.tar"),
        damage,
        async (name, changes) => {
          const path = [...readZip(fixture(name)).keys()].find((file) => file.endsWith("data.pkl")) ?? "";
          const pickle = readZip(fixture(name)).get(path)?.read().slice() ?? new Uint8Array();
          for (const [at, value] of changes) pickle[at % pickle.length] = value;
          const entries = [...readZip(fixture(name))].map(([file, entry]) => ({
            name: file,
            data: file === path ? pickle : entry.read(),
          }));
          expect(await outcome(makeZip(entries))).toMatch(TYPED);
        },
      ),
      { numRuns: fuzzRuns() },
    );
  });
});
