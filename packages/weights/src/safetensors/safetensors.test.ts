import { isEfficientNetError } from "@efficientnet/errors";
import { fuzzRuns } from "@efficientnet-tooling/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSafetensors, writeSafetensors } from "../index.js";

const VALUES: Readonly<Record<string, readonly number[]>> = {
  F32: [1, 2, 3, 4, 5, 6],
  F16: [0.5, -1024, 65504, 0, 2 ** -24, 1],
};

/** A file from header text and data, whatever they say. */
function file(header: string | object, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

function refusal(bytes: Uint8Array): string {
  try {
    readSafetensors(bytes);
  } catch (error) {
    if (isEfficientNetError(error, "wrong-file")) return error.message;
    throw error;
  }
  return "accepted";
}

const entry = (shape: readonly unknown[], data_offsets: readonly unknown[], dtype = "F32") => ({
  dtype,
  shape,
  data_offsets,
});

describe("a safetensors file", () => {
  it.each(["F32", "F16"] as const)("comes back from %s as it was written", (dtype) => {
    const values = Float32Array.from(VALUES[dtype] ?? []);
    const bytes = writeSafetensors([["a.b", { shape: [2, 3], values }]], {
      dtype,
      metadata: { format: "efficientnet" },
    });
    const { tensors, metadata, format } = readSafetensors(bytes);
    expect(format).toBe("safetensors");
    expect([...metadata]).toEqual([["format", "efficientnet"]]);
    expect(tensors.get("a.b")).toMatchObject({ dtype, shape: [2, 3] });
    expect(tensors.get("a.b")?.read()).toEqual(values);
  });

  it("gives F32 tensors as views of the file, and copies them where they are not aligned", () => {
    const bytes = writeSafetensors([["a", { shape: [2], values: Float32Array.of(1, 2) }]]);
    expect(readSafetensors(bytes).tensors.get("a")?.read().buffer).toBe(bytes.buffer);
    const shifted = new Uint8Array(bytes.length + 1).subarray(1);
    shifted.set(bytes);
    const copy = readSafetensors(shifted).tensors.get("a")?.read();
    expect(copy).toEqual(Float32Array.of(1, 2));
    expect(copy?.buffer).not.toBe(shifted.buffer);
  });

  it.each([
    ["F64", new Float64Array([0.5, -3]), [0.5, -3]],
    ["I64", new BigInt64Array([-5n, 7n]), [-5, 7]],
    ["U64", new BigUint64Array([5n, 7n]), [5, 7]],
    ["I32", new Int32Array([-5, 7]), [-5, 7]],
    ["U32", new Uint32Array([4294967295, 7]), [4294967296, 7]],
    ["I16", new Int16Array([-5, 7]), [-5, 7]],
    ["U16", new Uint16Array([65535, 7]), [65535, 7]],
    ["I8", new Int8Array([-5, 7]), [-5, 7]],
    ["U8", new Uint8Array([255, 7]), [255, 7]],
    ["BOOL", new Uint8Array([1, 0]), [1, 0]],
    ["BF16", new Uint16Array([0x3fc0, 0xc000]), [1.5, -2]],
  ])("is read from %s", (dtype, data, expected) => {
    const bytes = file({ x: entry([2], [0, data.byteLength], dtype) }, new Uint8Array(data.buffer));
    expect([...(readSafetensors(bytes).tensors.get("x")?.read() ?? [])]).toEqual(expected);
  });

  it("may hold scalars, empty arrays and nothing at all", () => {
    expect(readSafetensors(file("{}")).tensors.size).toBe(0);
    const bytes = file({ s: entry([], [0, 4]), e: entry([0, 3], [0, 0]) }, new Uint8Array(4));
    expect([...readSafetensors(bytes).tensors].map(([name, t]) => [name, t.read().length])).toEqual([
      ["s", 1],
      ["e", 0],
    ]);
  });

  it("may name a tensor __proto__ without touching any prototype", () => {
    const bytes = file('{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', new Uint8Array(4));
    expect([...readSafetensors(bytes).tensors.keys()]).toEqual(["__proto__"]);
    expect(
      readSafetensors(writeSafetensors([["__proto__", { shape: [0], values: new Float32Array(0) }]])).tensors.size,
    ).toBe(1);
    expect("dtype" in {}).toBe(false);
  });

  const four = new Uint8Array(4);
  const a = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';
  it.each<[string, Uint8Array, string]>([
    ["without room for a length", new Uint8Array(5), "too short"],
    ["with a header longer than the file", file("{}").subarray(0, 9), "longer than the file"],
    ["with an absurd header length", new Uint8Array(16).fill(255), "received: 18446744073709551615"],
    ["with an array as header", file("[]"), "does not begin with {"],
    ["with a header that is not JSON", file('{"a":'), "not valid JSON"],
    ["with an unclosed string", file('{"a'), "not valid JSON"],
    ["with a header that is not UTF-8", file("{}").map((byte) => (byte === 0x7d ? 0xff : byte)), "not valid JSON"],
    ["with a name given twice", file(`{"a":${a},"\\u0061":${a}}`, four), 'names "a" twice'],
    [
      "with a field given twice",
      file('{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', four),
      'names "dtype" twice',
    ],
    ["with deep nesting", file(`{"a":${"[".repeat(100_000)}`), "nested too deeply"],
    ["with metadata that is not text", file({ __metadata__: { n: 1 } }), "not a map of strings"],
    ["with an entry that is no object", file({ a: 3 }), "received: nothing"],
    ["with an unknown type", file({ a: entry([1], [0, 4], "F8") }, four), 'received: "F8"'],
    ["with a type named like a method", file({ a: entry([1], [0, 4], "toString") }, four), 'received: "toString"'],
    ["with a negative size", file({ a: entry([-1], [0, 4]) }, four), "no valid shape"],
    ["with a fractional size", file({ a: entry([1.5], [0, 4]) }, four), "no valid shape"],
    ["with a size beyond counting", file({ a: entry([2 ** 40, 2 ** 40], [0, 4]) }, four), "no valid shape"],
    ["with a fractional offset", file({ a: entry([1], [0.5, 4.5]) }, four), "received: [0.5,4.5]"],
    ["with offsets that run backwards", file({ a: entry([1], [4, 0]) }, four), "received: [4,0]"],
    ["with three offsets", file({ a: entry([1], [0, 4, 8]) }, four), "received: [0,4,8]"],
    ["with too few bytes for the shape", file({ a: entry([2], [0, 4]) }, four), "expected: 8 bytes"],
    [
      "with overlapping tensors",
      file({ a: entry([1], [0, 4]), b: entry([1], [2, 6]) }, new Uint8Array(6)),
      '"b" overlaps',
    ],
    [
      "with a hole between tensors",
      file({ a: entry([1], [0, 4]), b: entry([1], [8, 12]) }, new Uint8Array(12)),
      "leaves a hole",
    ],
    ["cut short", file({ a: entry([2], [0, 8]) }, four), "fewer bytes"],
    ["with bytes left over", file({ a: entry([1], [0, 4]) }, new Uint8Array(5)), "more bytes"],
  ])("%s is refused", (_, bytes, reason) => {
    expect(refusal(bytes)).toContain(reason);
  });

  it("is refused with the values that show why", () => {
    expect(refusal(file({ "stem.conv": entry([3, 3], [0, 4]) }, four))).toMatchInlineSnapshot(`
      "tensor "stem.conv" has offsets that do not hold its shape
        expected: 36 bytes for F32 [3,3]
        received: [0,4]"
    `);
    expect(refusal(file({ a: entry([2], [0, 8]) }, four))).toMatchInlineSnapshot(`
      "the file has fewer bytes than its tensors need
        expected: 8 bytes of data
        received: 4 bytes
        hint: the download may be incomplete"
    `);
    expect(refusal(file({ a: entry([1], [0, 4]), b: entry([1], [2, 6]) }, new Uint8Array(6)))).toMatchInlineSnapshot(`
      "tensor "b" overlaps the one before
        expected: data from byte 4
        received: data from byte 2"
    `);
    expect(refusal(file({ a: entry([1], [0, 4], "F4") }, four))).toMatchInlineSnapshot(`
      "tensor "a" has an element type this version does not read
        expected: F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL
        received: "F4""
    `);
  });

  const tensors = fc.uniqueArray(
    fc
      .tuple(fc.string(), fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }))
      .filter(([n]) => n !== "__metadata__"),
    { selector: ([name]) => name, maxLength: 6 },
  );

  it("round-trips any names and shapes", () => {
    fc.assert(
      fc.property(tensors, fc.constantFrom("F32" as const, "F16" as const), (list, dtype) => {
        const input = list.map(([name, shape]) => {
          const length = shape.reduce((product, size) => product * size, 1);
          return [name, { shape, values: Float32Array.from({ length }, (_, i) => i - 3) }] as const;
        });
        const read = readSafetensors(writeSafetensors(input, { dtype })).tensors;
        expect(new Map([...read].map(([name, t]) => [name, { shape: t.shape, values: t.read() }]))).toEqual(
          new Map(input),
        );
      }),
    );
  });

  it("is read or refused with a typed error when any bytes are damaged", () => {
    const bytes = writeSafetensors(
      [
        ["a", { shape: [2], values: Float32Array.of(1, 2) }],
        ["b", { shape: [1, 3], values: Float32Array.of(3, 4, 5) }],
      ],
      { metadata: { k: "v" } },
    );
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.nat(bytes.length), (changes, length) => {
        const damaged = bytes.slice(0, changes.length % 2 === 0 ? length : bytes.length);
        for (const [at, value] of changes) damaged[at] = value;
        if (refusal(damaged) !== "accepted") return;
        for (const tensor of readSafetensors(damaged).tensors.values()) tensor.read();
      }),
      { numRuns: fuzzRuns() },
    );
  });
});

describe("writing a safetensors file", () => {
  it("refuses what could not be read back", () => {
    const one = { shape: [1], values: Float32Array.of(70000) };
    expect(() =>
      writeSafetensors([
        ["a", one],
        ["a", one],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(`[EfficientNetError: tensor name "a" is taken]`);
    expect(() => writeSafetensors([["a", { shape: [2], values: one.values }]])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: tensor "a" does not fill its shape
        expected: [2]
        received: 1 values]
    `);
    expect(() => writeSafetensors([["__metadata__", one]])).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: tensor name "__metadata__" is taken]`,
    );
    expect(() => writeSafetensors([["a", one]], { dtype: "F16" })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: tensor "a" holds 70000
        expected: magnitudes below 65520 for F16
        hint: write F32]
    `);
  });
});
