import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isEfficientNetError } from "@efficientnet/errors";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTrainer, fit } from "../index.js";
import { TINY_SETTINGS, tinyPipeline } from "../testing/settings.js";
import { tensorsOf } from "../testing/tensors-of.js";
import { THREAD_FLAGS } from "../testing/thread-flags.js";
import { tinyNetwork } from "../testing/tiny-network.js";
import { storeCheckpoint } from "./store-checkpoint.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "checkpoint-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, "last.safetensors");
const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const flags = [...THREAD_FLAGS, "--import", "tsx"];
const cwd = fileURLToPath(new URL("../../../..", import.meta.url));

describe("a checkpoint on the disk", () => {
  it("is replaced whole, and what a dead process left is removed", async () => {
    await storeCheckpoint(path(), Uint8Array.of(1, 2, 3));
    writeFileSync(`${path()}.0.unfinished`, "half of");
    writeFileSync(join(folder, "other.unfinished"), "not ours");
    await storeCheckpoint(path(), Uint8Array.of(4, 5));
    expect([...readFileSync(path())]).toEqual([4, 5]);
    expect(readdirSync(folder).sort()).toEqual(["last.safetensors", "other.unfinished"]);
  });

  it("survives a disk that takes no more, and the error says so", () => {
    writeFileSync(path(), "the last one");
    // A shell's limit of file sizes (in blocks of 512 bytes) stands for the disk's.
    const command = `ulimit -f 64; exec "$0" "$@"`;
    const arguments_ = [process.execPath, ...flags, program("full-disk.scenario.ts"), path()];
    const { stdout } = spawnSync("sh", ["-c", command, ...arguments_], { cwd, encoding: "utf8" });
    expect(stdout.replace(folder, "RUN")).toMatchInlineSnapshot(`
      "EfficientNetError: the checkpoint RUN/last.safetensors of 1000000 bytes was not written: the file may not be so large
        hint: the checkpoint before it is intact; make room and resume from it
      "
    `);
    expect(readFileSync(path(), "utf8")).toBe("the last one");
    expect(readdirSync(folder)).toEqual(["last.safetensors"]);
  });

  it("is not written where there is no folder", async () => {
    const error = await storeCheckpoint(join(folder, "none", "last"), new Uint8Array(3)).catch(
      (thrown: unknown) => thrown,
    );
    expect(isEfficientNetError(error, "not-written") && error.message.replace(folder, "RUN")).toMatchInlineSnapshot(`
      "the checkpoint RUN/none/last of 3 bytes was not written: the folder does not exist
        hint: the checkpoint before it is intact; make room and resume from it"
    `);
  });
});

describe("a training that is killed", () => {
  it("in the middle of an epoch and of a checkpoint goes on to the weights of one that was not, bit for bit", async () => {
    const run = (...args: readonly string[]) => {
      const { stdout, signal, stderr } = spawnSync(
        process.execPath,
        [...flags, program("killed.scenario.ts"), path(), ...args],
        { cwd, encoding: "utf8" },
      );
      return `${stdout}${stderr}${signal ?? "ended"}`;
    };
    expect(run("step", "3")).toBe("from step 0\nSIGKILL");
    expect(run("write", "6")).toBe("from step 2\nSIGKILL");
    expect(run()).toBe("from step 5\nto step 8\nended");
    expect(readdirSync(folder)).toEqual(["last.safetensors"]);

    await tf.setBackend("wasm");
    const trainer = await createTrainer({ ...tinyNetwork(), settings: TINY_SETTINGS });
    await fit(trainer, { train: tinyPipeline() });
    const expected = await trainer.checkpoint();
    trainer.dispose();
    expect(tensorsOf(readFileSync(path()))).toEqual(tensorsOf(expected));
  });
});
