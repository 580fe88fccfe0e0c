import { readFileSync } from "node:fs";
import { isEfficientNetError } from "@efficientnet/errors";
import { fuzzRuns, uniformArray } from "@efficientnet-tooling/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunkedBytes } from "./chunks.js";
import { Hdf5File } from "./hdf5-file.js";
import { type Hdf5Group, readHdf5 } from "./read-tree.js";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/keras/${name}`, import.meta.url)));
const group = (file: Hdf5Group, name: string) => file.groups.get(name) ?? expect.unreachable(name);
const values = (file: Hdf5Group, name: string) => file.arrays.get(name)?.read() ?? expect.unreachable(name);

/** The bytes with others in place of some. */
function patched(bytes: Uint8Array, ...patches: readonly (readonly [at: number, bytes: readonly number[]])[]) {
  const copy = new Uint8Array(bytes);
  for (const [at, patch] of patches) copy.set(patch, at);
  return copy;
}

/** Where ASCII text first appears. */
const find = (bytes: Uint8Array, text: string, from = 0) => Buffer.from(bytes.buffer).indexOf(text, from, "latin1");
const word = (value: number) => Array.from({ length: 8 }, (_, i) => Math.floor(value / 256 ** i) % 256);

/** Reads every array there is. */
function readAll({ arrays, groups }: Hdf5Group): void {
  for (const array of arrays.values()) array.read();
  for (const inner of groups.values()) readAll(inner);
}

describe.each(["forms.h5", "forms-v108.h5"])("HDF5 file %s", (name) => {
  const file = readHdf5(fixture(name));
  const expected = uniformArray("forms", 105);

  it.each([
    ["f2", "F16", 2 ** -11],
    ["f4", "F32", 0],
    ["f8", "F64", 0],
  ])("gives numbers of type %s as %s", (key, dtype, precision) => {
    const plain = group(file, "plain");
    expect(plain.arrays.get(key)).toMatchObject({ dtype, shape: [5, 7, 3] });
    const worst = values(plain, key).map((value, i) => Math.abs(value - (expected[i] ?? 0)));
    expect(Math.max(...worst)).toBeLessThanOrEqual(precision);
  });

  it("gives scalars and empty arrays, and leaves out text", () => {
    const plain = group(file, "plain");
    expect(plain.arrays.get("count")).toMatchObject({ dtype: "I64", shape: [] });
    expect([...values(plain, "count")]).toEqual([7]);
    expect(plain.arrays.get("empty")?.shape).toEqual([0, 4]);
    expect(values(plain, "empty").length).toBe(0);
    expect(plain.arrays.has("text")).toBe(false);
  });

  it.each(["raw", "gzip", "shuffled", "checked", "tree"])("puts chunks together (%s)", (key) => {
    expect(values(group(file, "chunked"), key)).toEqual(expected);
  });

  it("finds every member of a large group", () => {
    const members = group(file, "members");
    expect([...members.groups.keys()].sort()).toEqual(Array.from({ length: 600 }, (_, i) => `member_${i}`).sort());
    expect([...values(group(members, "member_599"), "array")]).toEqual([...expected.subarray(0, 3)]);
  });

  it("gives a valid file or a typed error for any damage", () => {
    const bytes = fixture(name);
    const byte = fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255) });
    const early = fc.record({ at: fc.nat(6000), value: fc.nat(255) });
    const damage = fc.array(fc.oneof(byte, early), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.option(fc.nat(bytes.length)), (flips, length) => {
        const broken = patched(bytes, ...flips.map(({ at, value }) => [at, [value]] as const));
        try {
          readAll(readHdf5(broken.subarray(0, length ?? undefined)));
        } catch (error) {
          if (!isEfficientNetError(error)) throw error;
          expect(["wrong-file", "unsupported"]).toContain(error.code);
        }
      }),
      { numRuns: fuzzRuns() },
    );
  });
});

describe("HDF5 files made to hurt", () => {
  const file = fixture("forms.h5");
  const view = new DataView(file.buffer);
  /** The root's symbol table message: addresses of its tree and its heap. */
  const rootTree = Number(view.getBigUint64(80, true));
  const rootHeader = Number(view.getBigUint64(64, true));

  it("ends where trees of groups multiply", () => {
    // Forty nodes above each other, each of which points four times at the next: 4^40 ways down.
    const size = 24 + 8 * 9;
    const bytes = new Uint8Array(file.length + 40 * size);
    bytes.set(file);
    for (let level = 1; level <= 40; level++) {
      const at = file.length + (level - 1) * size;
      const child = word(level === 1 ? rootTree : at - size);
      const node = [0x54, 0x52, 0x45, 0x45, 0, level, 4, 0, ...new Array<number>(16).fill(255)];
      bytes.set([...node, ...Array.from({ length: 4 }, () => [...word(0), ...child]).flat()], at);
    }
    const top = file.length + 39 * size;
    const message = find(bytes, String.fromCharCode(...word(rootTree)), rootHeader);
    expect(() => readHdf5(patched(bytes, [message, word(top)]))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the HDF5 file has too many parts, or parts that contain themselves
        expected: at most 500000]
    `);
  });

  it("refuses groups that contain themselves", () => {
    const node = find(file, "SNOD");
    expect(() => readHdf5(patched(file, [node + 16, word(rootHeader)]))).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: group "chunked" of the HDF5 file contains itself]`,
    );
  });

  it("says that a file is cut short", () => {
    expect(() => readHdf5(file.subarray(0, 90_000))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the HDF5 file is shorter than it says
        expected: 99264 bytes
        received: 90000 bytes
        hint: the download may be incomplete]
    `);
    expect(() => readHdf5(file.subarray(0, 9))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the HDF5 file's superblock runs past its end
        expected: 4 bytes
        received: 0 bytes
        hint: the download may be incomplete]
    `);
  });

  it("names what it does not read", () => {
    expect(() => readHdf5(patched(file, [8, [7]]))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the HDF5 file has a superblock of version 7, which this version does not read
        hint: save the weights again with Keras, or copy the file with h5repack]
    `);
    expect(() => readHdf5(patched(file, [13, [16]]))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the HDF5 file has addresses of 16 and lengths of 8 bytes, which this version does not read
        hint: save the weights again with Keras, or copy the file with h5repack]
    `);
  });

  it("refuses an array far larger than what is stored of it", () => {
    // One chunk of 10 bytes that claims to be a million numbers.
    const node = [0x54, 0x52, 0x45, 0x45, 1, 0, 1, 0, ...new Array<number>(16).fill(255), 10, 0, 0, 0, 0, 0, 0, 0];
    const tree = Uint8Array.from([...node, ...word(0), ...word(0), ...word(8), ...word(0)]);
    const small = new Hdf5File(tree, { offset: 8, length: 8 });
    const grid = { shape: [1e6], chunk: [1e6], element: 4 };
    expect(() => chunkedBytes(small, 0, grid, [1])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: an array of the HDF5 file claims to inflate 10 bytes to 4000000
        expected: at most 200 times as many]
    `);
  });

  it("reads names like __proto__ as names", () => {
    const at = find(file, "member_599\0");
    const members = group(readHdf5(patched(file, [at, [...Buffer.from("__proto__\0\0")]])), "members");
    expect(members.groups.has("__proto__")).toBe(true);
    expect(Object.keys({})).toEqual([]);
  });
});
