import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Report } from "@efficientnet/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** `--import tsx` is found from the repository's root. */
const bench = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  promisify(execFile)(process.execPath, ["--conditions=@efficientnet/source", "--import", "tsx", main, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });

describe("bench", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "bench-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("prints a table and writes what it measured, and skips a backend that is not there with its reason", async () => {
    const file = join(folder, "report.json");
    const quick = ["--batch", "1", "--size", "32", "--repeats", "2", "--runs", "1", "--warm-up", "1"];
    const { stdout } = await bench(
      [
        "--models",
        "test-efficientnet",
        "--backends",
        "wasm,webgl",
        "--threads",
        "1",
        "--python",
        "/nowhere/python",
        ...quick,
        "--json",
        file,
      ],
      { EFFICIENTNET_CHROMIUM: "/nowhere/chromium" },
    );
    expect(stdout).toContain("test-efficientnet, wasm, batch 1, 32 x 32, milliseconds");
    expect(stdout).toContain("webgl skipped: EFFICIENTNET_CHROMIUM names a file that does not exist");
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    expect(report.machine.node).toBe(process.versions.node);
    expect(report.skipped.map(({ backend }) => backend)).toEqual(["webgl"]);
    const [measurement] = report.measurements;
    expect(measurement).toMatchObject({ model: "test-efficientnet", backend: "wasm", batch: 1, size: 32 });
    const seen = [...(measurement?.timed ?? []), ...(measurement?.leftOut ?? [])].map(({ name }) => name);
    expect(seen).toEqual([
      "ours, 1 thread",
      "onnxruntime-web, 1 thread",
      "onnxruntime-node, 1 thread",
      "tfjs, folded batch norm",
      "PyTorch eager, 1 thread",
      "PyTorch eager, tuned, 1 thread",
    ]);
    expect(measurement?.leftOut).toContainEqual({
      name: "PyTorch eager, 1 thread",
      reason: "spawn /nowhere/python ENOENT",
    });
    for (const { times } of measurement?.timed ?? []) expect(times.length).toBe(2);
  });

  it("ends with 2 and near matches for a network that it does not know", async () => {
    await expect(bench(["--models", "efficientnet-b00"])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("did you mean efficientnet-b0"),
    });
  });
});
