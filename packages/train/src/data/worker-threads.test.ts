import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { drawBmp } from "@efficientnet-tooling/testing";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { arrayDataset, type BatchPipeline, createPipeline, type Dataset, importDataset, subset } from "../data.js";
import { createNodePipeline, folderDataset, type NodePipelineOptions } from "../node.js";
import { collect, fingerprint } from "../testing/collect.js";
import { halfSpec } from "../testing/half-spec.js";
import shapesDataset from "../testing/shapes-dataset.js";
import { THREAD_FLAGS } from "../testing/thread-flags.js";

const scratch = mkdtempSync(join(tmpdir(), "efficientnet-train-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const open: BatchPipeline[] = [];
afterEach(async () => {
  for (const pipeline of open.splice(0)) await pipeline.close();
});

function pipelineOf(dataset: Dataset, options: Partial<NodePipelineOptions> = {}): BatchPipeline {
  const pipeline = createNodePipeline(dataset, { preprocess: halfSpec(12), execArgv: THREAD_FLAGS, ...options });
  open.push(pipeline);
  return pipeline;
}

const regularisers = { randAugmentMagnitude: 8, mixupAlpha: 0.3, cutmixAlpha: 1, erasingProbability: 0.2 };
const settings = { imageSize: 12, batchSize: 3, regularisers };
const epochOf = (pipeline: BatchPipeline, firstBatch = 0) =>
  pipeline.epoch({ seed: 3, epoch: 2, firstBatch, settings, training: true });
const prints = async (pipeline: BatchPipeline, firstBatch = 0) =>
  (await collect(epochOf(pipeline, firstBatch))).map(fingerprint);

const moduleAt = (name: string, argument?: unknown) =>
  importDataset(new URL(`../testing/${name}.ts`, import.meta.url), argument);
const shapes = () => moduleAt("shapes-dataset", { length: 20, side: 16 });

describe("worker threads", () => {
  it("give the bytes that this thread gives, however many there are and wherever the epoch begins", async () => {
    const expected = await prints(pipelineOf(await shapes(), { workers: 0 }));
    for (const workers of [1, 2]) {
      const pipeline = pipelineOf(await shapes(), { workers });
      expect(await prints(pipeline)).toEqual(expected);
      expect(await prints(pipeline, 4)).toEqual(expected.slice(4));
      expect([pipeline.workers, pipeline.fallback]).toEqual([workers, undefined]);
    }
  });

  it("prepare folders and name what they skip", async () => {
    for (const [name, content] of Object.entries({
      "a/1.bmp": drawBmp(5, () => [1, 2, 3]),
      "a/2.bmp": drawBmp(5, () => [200, 2, 3]),
      "b/1.bmp": drawBmp(5, () => [1, 200, 3]),
      "b/2.bmp": Buffer.from("no picture"),
    })) {
      mkdirSync(join(scratch, name[0]!), { recursive: true });
      writeFileSync(join(scratch, name), content);
    }
    const dataset = await folderDataset(scratch);
    const [here, there] = [pipelineOf(dataset, { workers: 0 }), pipelineOf(dataset, { workers: 1 })];
    expect(await prints(there)).toEqual(await prints(here));
    expect(there.workers).toBe(1);
    expect(there.skipped.map(({ name }) => name)).toEqual(["b/2.bmp"]);
    expect(there.skipped).toEqual(here.skipped);
  });

  it("get copies of arrays and parts of datasets", async () => {
    const drawn = shapesDataset({ length: 9, side: 8 });
    const pictures = await Promise.all(Array.from(drawn.labels, (_, index) => drawn.picture(index)));
    const dataset = subset(arrayDataset({ ...drawn, pictures }), [8, 3, 4, 5, 1, 0]);
    const pipeline = pipelineOf(dataset, { workers: 1 });
    expect(await prints(pipeline)).toEqual(await prints(pipelineOf(dataset, { workers: 0 })));
    expect(pipeline.workers).toBe(1);
  });

  it("serve two epochs at once, such as training and validation", async () => {
    const pipeline = pipelineOf(await shapes(), { workers: 1 });
    const expected = await prints(pipeline);
    expect(await Promise.all([prints(pipeline), prints(pipeline, 2), prints(pipeline)])).toEqual([
      expected,
      expected.slice(2),
      expected,
    ]);
  });

  it("are not used for a dataset that only this thread has", async () => {
    const pipeline = pipelineOf(shapesDataset({ length: 20, side: 16 }), { workers: 1 });
    expect(await prints(pipeline)).toEqual(await prints(pipelineOf(await shapes(), { workers: 0 })));
    expect(pipeline.workers).toBe(0);
    expect(pipeline.fallback).toMatchInlineSnapshot(`
      "the dataset cannot be sent to a worker
        hint: put what makes it into a module, for importDataset"
    `);
  });

  it("are done without where none will start", async () => {
    const expected = await prints(pipelineOf(await shapes(), { workers: 0 }));
    const absent = () => new Worker(join(scratch, "absent.js"));
    const refused = () => {
      throw new Error("workers are forbidden here");
    };
    for (const [startWorker, reason] of [
      [absent, "Cannot find module"],
      [refused, "workers are forbidden here"],
    ] as const) {
      const pipeline = pipelineOf(await shapes(), { workers: 2, startWorker });
      expect(await prints(pipeline)).toEqual(expected);
      expect(pipeline.workers).toBe(0);
      expect(pipeline.fallback).toContain(reason);
    }
  });

  it("that die end the epoch, and every later one", async () => {
    const exit = await moduleAt("dying-dataset.scenario", "exit");
    const pipeline = pipelineOf(exit, { workers: 1 });
    await expect(prints(pipeline)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: a worker that prepares pictures died
        received: it ended with exit code 7]
    `);
    await expect(prints(pipeline)).rejects.toMatchObject({ code: "backend-failed" });
  });

  it("pass on what the dataset throws, and live", async () => {
    const pipeline = pipelineOf(await moduleAt("dying-dataset.scenario", "throw"), { workers: 1 });
    await expect(prints(pipeline)).rejects.toThrow("the brush is broken");
    const evaluation = pipeline.epoch({ seed: 0, epoch: 0, settings, training: false })[Symbol.asyncIterator]();
    expect((await evaluation.next()).value.indices).toEqual([0, 1, 2]);
  });

  it("that cannot open the dataset say why", async () => {
    const gone = { ...(await shapes()), description: { kind: "module", url: "file:///gone.js", argument: 0 } } as const;
    await expect(prints(pipelineOf(gone, { workers: 1 }))).rejects.toMatchObject({ code: "invalid-argument" });
  });

  it("stop when the pipeline closes, in the middle of an epoch as well", async () => {
    const threads: Worker[] = [];
    const startWorker = () => {
      const program = new URL("../data-worker.ts", import.meta.url);
      const thread = new Worker(program, { execArgv: THREAD_FLAGS });
      threads.push(thread);
      return thread;
    };
    const pipeline = createPipeline(await shapes(), { preprocess: halfSpec(12), workers: 2, startWorker });
    const epoch = epochOf(pipeline)[Symbol.asyncIterator]();
    await epoch.next();
    const rest = expect(epoch.next().then(() => epoch.next())).rejects.toMatchObject({ code: "disposed" });
    await pipeline.close();
    await rest;
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1, -1]);
  });

  it("that never answer can be given up", async () => {
    const silent = () => new Worker("setInterval(() => undefined, 1e9)", { eval: true });
    const pipeline = pipelineOf(await shapes(), { workers: 1, startWorker: silent });
    const controller = new AbortController();
    const aborted = pipeline.epoch({ seed: 0, epoch: 0, settings, training: true, signal: controller.signal });
    const outcomes = Promise.allSettled([collect(aborted), prints(pipeline)]);
    controller.abort();
    await pipeline.close();
    expect((await outcomes).map((outcome) => outcome.status === "rejected" && outcome.reason.code)).toEqual([
      "aborted",
      "disposed",
    ]);
  });

  it("do not keep a program alive that forgets to close them", async () => {
    const scenario = fileURLToPath(new URL("forgotten-pipeline.scenario.ts", import.meta.url));
    const printed = execFileSync(process.execPath, [...THREAD_FLAGS, "--import", "tsx", scenario], {
      cwd: fileURLToPath(new URL("../../../..", import.meta.url)),
      encoding: "utf8",
      timeout: 60_000,
    });
    expect(printed).toBe("1 worker, first batch [3,12,12,3]\n");
  });
});
