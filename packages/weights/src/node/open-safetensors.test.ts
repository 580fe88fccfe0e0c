import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSafetensors, writeSafetensors } from "../index.js";
import { openSafetensors } from "./open-safetensors.js";

describe("openSafetensors", () => {
  let folder: string;
  let path: string;
  const file = writeSafetensors(
    [
      ["a", { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }],
      ["b", { shape: [2], values: Float32Array.of(7, -8) }],
    ],
    { metadata: { note: "kept" }, dtype: "F16" },
  );

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "open-safetensors-"));
    path = join(folder, "net.safetensors");
    writeFileSync(path, file);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("gives what reading all of the file gives", () => {
    const [opened, read] = [openSafetensors(path), readSafetensors(file)];
    expect([...(opened?.metadata ?? [])]).toEqual([...read.metadata]);
    expect([...(opened?.tensors ?? [])].map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual(
      [...read.tensors].map(([name, { dtype, shape }]) => [name, dtype, shape]),
    );
    for (const [name, tensor] of read.tensors) expect(opened?.tensors.get(name)?.read()).toEqual(tensor.read());
  });

  it("leaves other formats to their readers", () => {
    const other = join(folder, "other.pth");
    writeFileSync(other, "PK\x03\x04 not this one");
    expect(openSafetensors(other)).toBeNull();
    writeFileSync(other, "");
    expect(openSafetensors(other)).toBeNull();
  });

  it("refuses a file that ends too soon", () => {
    const short = join(folder, "short.safetensors");
    writeFileSync(short, file.subarray(0, file.length - 3));
    expect(() => openSafetensors(short)).toThrow("the file has fewer bytes than its tensors need");
  });

  it("notices that the file was shortened meanwhile", () => {
    const shrinking = join(folder, "shrinking.safetensors");
    writeFileSync(shrinking, file);
    const opened = openSafetensors(shrinking);
    truncateSync(shrinking, file.length - 4);
    expect(() => opened?.tensors.get("b")?.read()).toThrow("became shorter while it was read");
  });
});
