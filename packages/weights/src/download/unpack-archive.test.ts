import { isEfficientNetError } from "@efficientnet/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeTar, makeTarGz, paxRecord } from "../testing/make-tar.js";
import { isArchive, unpackArchive } from "./unpack-archive.js";

const bytes = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * 7 + seed) & 0xff);
const text = (content: string) => new TextEncoder().encode(content);
const options = { maxBytes: 1e6, signal: new AbortController().signal };
const index = { name: "b0/model.ckpt.index", content: bytes(100) };
const data = { name: "b0/model.ckpt.data-00000-of-00001", content: bytes(5000, 2) };

describe("an archive", () => {
  it.each([
    ["packed", makeTarGz],
    ["unpacked by the server's encoding", makeTar],
  ])("gives index and data of its checkpoint, %s", async (_, make) => {
    const archive = make([
      { name: "b0/", type: "5" },
      { name: "b0/checkpoint", content: text('model_checkpoint_path: "model.ckpt"\n') },
      index,
      data,
      { name: "b0/model.ckpt.meta", content: bytes(3000) },
      { name: "b0/._model.ckpt.index", content: bytes(10) },
      { name: "b0/b0-fp32.tflite", content: bytes(700) },
    ]);
    expect(isArchive(archive)).toBe(true);
    expect(await unpackArchive(archive, options)).toEqual(
      new Map([
        ["model.ckpt.index", index.content],
        ["model.ckpt.data-00000-of-00001", data.content],
      ]),
    );
  });

  it("gives all files where none is an index", async () => {
    const files = await unpackArchive(
      makeTarGz([{ name: "x/model.json", content: bytes(3) }, { name: "empty.bin" }]),
      options,
    );
    expect([...files].map(([name, { length }]) => [name, length])).toEqual([
      ["model.json", 3],
      ["empty.bin", 0],
    ]);
  });

  it("gives the checkpoint that its list names, of several", async () => {
    const two = [{ name: "model.ckpt-1.index" }, { name: "model.ckpt-2.index" }];
    const list = { name: "checkpoint", content: text('model_checkpoint_path: "/home/x/model.ckpt-2"\n') };
    expect([...(await unpackArchive(makeTarGz([...two, list]), options)).keys()]).toEqual(["model.ckpt-2.index"]);
    await expect(unpackArchive(makeTarGz(two), options)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the archive holds several checkpoints and does not say which is meant
        received: model.ckpt-1, model.ckpt-2
        hint: unpack it, and pass the .index of one of them]
    `);
  });

  it("understands long names and sizes of pax and GNU headers", async () => {
    const long = `folder/${"n".repeat(120)}.bin`;
    const pax = [
      { name: "PaxHeaders/x", type: "x", content: paxRecord("path", long) },
      { name: "short", content: bytes(3) },
      { name: "next.bin", content: bytes(4) },
    ];
    const gnu = [
      { name: "././@LongLink", type: "L", content: text(`${long}\0`) },
      { name: "short", content: bytes(3) },
    ];
    expect([...(await unpackArchive(makeTar(pax), options)).keys()]).toEqual([`${"n".repeat(120)}.bin`, "next.bin"]);
    expect([...(await unpackArchive(makeTar(gnu), options)).keys()]).toEqual([`${"n".repeat(120)}.bin`]);
    const sized = [
      { name: "PaxHeaders/x", type: "x", content: paxRecord("size", "5") },
      { name: "sized.bin", content: bytes(5), size: 0 },
    ];
    expect((await unpackArchive(makeTar(sized), options)).get("sized.bin")).toEqual(bytes(5));
  });

  it("gives no links, devices or folders", async () => {
    const odd = ["1", "2", "3", "4", "5", "6", "g"].map((type) => ({ name: `odd${type}`, type }));
    expect([...(await unpackArchive(makeTar([...odd, { name: "plain" }]), options)).keys()]).toEqual(["plain"]);
  });

  it("is refused when it is cut, damaged, or no archive", async () => {
    const whole = makeTarGz([index, data]);
    const damaged = makeTar([index, data]);
    damaged[3]! ^= 1;
    for (const wrong of [whole.slice(0, 300), makeTar([index, data]).slice(0, 3000), damaged, makeTar([])]) {
      await expect(unpackArchive(wrong, options)).rejects.toMatchObject({ code: "wrong-file" });
    }
    await expect(unpackArchive(damaged, options)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the archive is no tar file, or is damaged
        expected: a header with checksum 3629
        received: checksum 3630]
    `);
    await expect(unpackArchive(makeTar([index, index]), options)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: the archive has two files called model.ckpt.index]`,
    );
  });

  it("is refused beyond the limit, before there is memory for it", async () => {
    const huge = makeTar([{ name: "huge.bin", size: 8 ** 11 - 1 }]);
    await expect(unpackArchive(huge, options)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: huge.bin makes the archive larger than is allowed
        expected: at most 1000000 bytes
        received: 8589934591 bytes
        hint: raise maxBytes]
    `);
    const many = makeTarGz(Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}` })));
    await expect(unpackArchive(many, options)).rejects.toMatchObject({ code: "unsupported" });
  });

  it("stops when it is aborted", async () => {
    const signal = AbortSignal.abort();
    await expect(unpackArchive(makeTarGz([index]), { ...options, signal })).rejects.toMatchObject({ code: "aborted" });
  });

  it("gives a typed error or a result for any damage", async () => {
    const tar = makeTar([{ name: "PaxHeaders/x", type: "x", content: paxRecord("path", "p/q") }, index, data]);
    const flips = fc.array(fc.tuple(fc.nat({ max: tar.length - 1 }), fc.nat({ max: 255 })), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(flips, fc.nat({ max: tar.length }), fc.boolean(), async (changes, length, cut) => {
        const copy = tar.slice(0, cut ? length : tar.length);
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
        try {
          await unpackArchive(copy, options);
        } catch (error) {
          expect(isEfficientNetError(error)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
