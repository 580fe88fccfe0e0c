import { isEfficientNetError } from "@efficientnet/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytes, join, makeZip, type ZipPart } from "../testing/make-zip.js";
import { crc32 } from "./crc32.js";
import { readZip } from "./read-zip.js";

const ascii = (text: string) => new TextEncoder().encode(text);
const textOf = (zip: ReturnType<typeof readZip>, name: string) => new TextDecoder().decode(zip.get(name)?.read());

function refusal(file: Uint8Array): string {
  try {
    for (const entry of readZip(file).values()) entry.read();
  } catch (error) {
    if (isEfficientNetError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "read";
}

describe("crc32", () => {
  it("is the checksum of zip and gzip, at any length", () => {
    expect(crc32(ascii("123456789"))).toBe(0xcbf43926);
    expect(crc32(ascii(""))).toBe(0);
    expect(crc32(ascii("a"))).toBe(0xe8b7be43);
    expect(crc32(new Uint8Array(32))).toBe(0x190a55ad);
  });
});

describe("readZip", () => {
  it("lists files by path, without directories", () => {
    const zip = readZip(
      makeZip([{ name: "a/" }, { name: "a/one", data: "1" }, { name: "two", data: "x".repeat(5000), deflate: true }]),
    );
    expect([...zip].map(([name, { size }]) => [name, size])).toEqual([
      ["a/one", 1],
      ["two", 5000],
    ]);
    expect(textOf(zip, "a/one")).toBe("1");
    expect(textOf(zip, "two")).toBe("x".repeat(5000));
  });

  it("gives stored files as views of the archive", () => {
    const file = makeZip([{ name: "data", data: "abc" }]);
    const data = readZip(file).get("data")?.read();
    expect(data?.buffer).toBe(file.buffer);
    expect(data?.byteOffset).toBe(34);
  });

  it("reads an archive that is itself a view into something larger", () => {
    const file = makeZip([{ name: "data", data: "abc", deflate: true }]);
    const inside = join([ascii("....."), file, ascii("...")]).subarray(5, 5 + file.byteLength);
    expect(textOf(readZip(inside), "data")).toBe("abc");
  });

  it("reads the zip64 form of sizes, offsets and the end record", () => {
    const zip = readZip(
      makeZip([
        { name: "a", data: "first", zip64: true },
        { name: "b", data: "second" },
      ]),
    );
    expect([textOf(zip, "a"), textOf(zip, "b")]).toEqual(["first", "second"]);
  });

  it("reads archives of writers that stream, which put sizes and checksum after the data", () => {
    expect(textOf(readZip(makeZip([{ name: "a", data: "abc", flags: 8, localCrc: 0 }])), "a")).toBe("abc");
  });

  it("reads past a comment at the end", () => {
    expect(textOf(readZip(makeZip([{ name: "a", data: "abc" }], { comment: "made by hand" })), "a")).toBe("abc");
  });

  it("takes a file named __proto__ for a file", () => {
    const zip = readZip(makeZip([{ name: "__proto__", data: "abc" }]));
    expect([...zip.keys()]).toEqual(["__proto__"]);
  });

  it("checks a checksum when the file is read, not before", () => {
    const zip = readZip(
      makeZip([
        { name: "a", data: "abc", crc: 1 },
        { name: "b", data: "fine" },
      ]),
    );
    expect(textOf(zip, "b")).toBe("fine");
    expect(() => zip.get("a")?.read()).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: zip entry "a" does not have the checksum that the file states
        hint: the file is damaged; fetch it again]
    `);
  });

  it.each<[string, readonly ZipPart[], string]>([
    ["encryption", [{ name: "a", data: "abc", flags: 1 }], 'unsupported: zip entry "a" is encrypted'],
    ["strong encryption", [{ name: "a", flags: 0x40 }], 'unsupported: zip entry "a" is encrypted'],
    ["several disks", [{ name: "a", disk: 2 }], 'unsupported: zip entry "a" is on another disk'],
    ["another compression", [{ name: "a", method: 12 }], 'unsupported: zip entry "a" is compressed by method 12'],
    ["one name twice", [{ name: "a" }, { name: "a" }], 'wrong-file: the zip file has two entries named "a"'],
    ["two names of one entry", [{ name: "a", localName: "b" }], 'wrong-file: zip entry "a" has two different names'],
    ["two checksums", [{ name: "a", localCrc: 7 }], 'wrong-file: zip entry "a" has two different checksums'],
    ["two sizes", [{ name: "a", data: "abc", size: 5 }], 'wrong-file: zip entry "a" is stored with two sizes'],
    ["data in a directory", [{ name: "a/", data: "abc" }], 'wrong-file: zip entry "a/" is a directory with data in it'],
    [
      "entries that share bytes",
      [
        { name: "a", data: "abc" },
        { name: "a", data: "abc", offset: 0 },
      ],
      'wrong-file: zip entries "a" and "a" overlap',
    ],
    [
      "an offset elsewhere",
      [{ name: "a", data: "abc", offset: 3 }],
      'wrong-file: zip entry "a" has no header at byte 3',
    ],
    [
      "a bomb",
      [{ name: "a", data: new Uint8Array(2 ** 21), deflate: true }],
      'wrong-file: zip entry "a" claims to inflate 2061 bytes to 2097152',
    ],
    [
      "many small bombs",
      Array.from({ length: 2049 }, (_, i) => ({ name: `${i}`, deflate: true, size: 2 ** 20 })),
      "wrong-file: the zip file claims to inflate to 2148532224 bytes",
    ],
    [
      "more than was announced",
      [{ name: "a", data: "abcdef", deflate: true, size: 3 }],
      'wrong-file: zip entry "a" inflates to another size than the file states\n  expected: 3 bytes\n  received: more',
    ],
    [
      "less than was announced",
      [{ name: "a", data: "abcdef", deflate: true, size: 30 }],
      'wrong-file: zip entry "a" inflates to another size than the file states\n  expected: 30 bytes\n  received: 6 bytes',
    ],
    [
      "damaged deflate data",
      [{ name: "a", data: "\xff\xff", method: 8 }],
      'wrong-file: zip entry "a" cannot be inflated',
    ],
    ["empty deflate data", [{ name: "a", method: 8 }], 'wrong-file: zip entry "a" is deflated to nothing'],
  ])("refuses %s", (_, parts, message) => {
    expect(refusal(makeZip(parts)).slice(0, message.length)).toBe(message);
  });

  it.each(["../a", "a/../../b", "/etc/passwd", "C:/a", "a\\b", "a//b", "./a", "a\0b", ""])(
    "refuses the path %j",
    (name) => {
      expect(refusal(makeZip([{ name, data: "abc" }]))).toBe(
        `wrong-file: zip entry ${JSON.stringify(name)} is not a plain relative path`,
      );
    },
  );

  it("refuses bytes in front of the archive, which move every offset", () => {
    const file = join([ascii("MZ"), makeZip([{ name: "a", data: "abc" }])]);
    expect(refusal(file)).toBe(
      "wrong-file: the zip file's directory does not end where its end record begins\n  expected: byte 83\n  received: byte 81",
    );
  });

  it("refuses one part of several", () => {
    const file = makeZip([{ name: "a", data: "abc" }]);
    file.set(bytes([2, 1]), file.byteLength - 18);
    expect(refusal(file)).toBe("unsupported: the zip file is one part of several\n  hint: join the parts first");
  });

  it.each<[string, number, Uint8Array, string]>([
    ["a directory too small for its entries", -14, bytes([2, 9], [2, 9]), "is too small for its entries"],
    ["a damaged directory", -72, bytes([4, 0]), "entry 0 of the zip file's directory is damaged"],
    ["a name longer than the directory", -72 + 28, bytes([2, 99]), "runs past its end"],
    ["a comment that hides bytes", -72 + 32, bytes([2, 4]), "runs past its end"],
    ["an entry that runs into the directory", -72 + 20, bytes([4, 999]), "is stored with two sizes"],
    ["a missing zip64 field", -72 + 42, bytes([4, 0xffffffff]), "lacks the zip64 field that its header refers to"],
    ["a name that is not UTF-8", -72 + 46, bytes([1, 0xff]), "has a name that is not UTF-8"],
  ])("refuses %s", (_, at, change, message) => {
    // The directory has one entry of 46 + 4 bytes, the end record 22.
    const file = makeZip([{ name: "name", data: "abc" }]);
    file.set(change, file.byteLength + at);
    expect(refusal(file)).toContain(message);
  });

  it.each<[string, number, number, string]>([
    ["a locator that points elsewhere", -22 - 20 + 8, 7, "zip64 locator does not point to a zip64 end record"],
    ["a record longer than its place", -22 - 20 - 56 + 4, 99, "zip64 locator does not point to a zip64 end record"],
    ["one part of several", -22 - 20 + 4, 1, "the zip file is one part of several"],
    ["other entries in all than here", -22 - 20 - 56 + 24, 2, "the zip file is one part of several"],
    ["an offset beyond 2^53", -22 - 20 - 56 + 54, 0xff, "states an offset or size beyond 2^53"],
  ])("refuses a zip64 file with %s", (_, at, value, message) => {
    const file = makeZip([{ name: "a", data: "abc", zip64: true }]);
    file[file.byteLength + at] = value;
    expect(refusal(file)).toContain(message);
  });

  it("refuses what is cut off, and what is no zip at all", () => {
    const file = makeZip([{ name: "a", data: "abc" }]);
    expect(refusal(file.subarray(0, -1))).toBe(
      "wrong-file: the zip file has no end record\n  hint: the download may be incomplete",
    );
    expect(refusal(new Uint8Array())).toBe(refusal(file.subarray(0, -1)));
  });

  const sample = makeZip([
    { name: "dir/", data: "" },
    { name: "dir/stored", data: "0123456789" },
    { name: "deflated", data: "abcabcabcabc".repeat(20), deflate: true },
    { name: "wide", data: "zip64", zip64: true },
  ]);

  it("answers any damage with a reading or an error of its own", () => {
    const damage = fc.array(fc.tuple(fc.nat(sample.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, fc.nat(sample.byteLength), (changes, cut) => {
        const file = sample.slice();
        for (const [at, value] of changes) file[at] = value;
        expect(refusal(file)).toMatch(/^(?:read|wrong-file: |unsupported: )/);
        expect(refusal(file.subarray(0, cut))).toMatch(/^(?:read|wrong-file: |unsupported: )/);
      }),
      { numRuns: 500 },
    );
  });
});
