import { isEfficientNetError } from "@efficientnet/errors";
import { getSpec, withClasses } from "@efficientnet/specs";
import { expectNoLeaks } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type Batch,
  createTrainer,
  describeCheckpoint,
  type FitOptions,
  fit,
  type MetricsRow,
  resumeTrainer,
  type Trainer,
  type TrainingOptions,
} from "./index.js";
import { TINY_RECIPE, TINY_SETTINGS, tinyPipeline } from "./testing/settings.js";
import { tensorsOf } from "./testing/tensors-of.js";
import { tinyNetwork } from "./testing/tiny-network.js";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

const begin = (settings: Partial<TrainingOptions> = {}): Promise<Trainer> =>
  createTrainer({ ...tinyNetwork(), settings: { ...TINY_SETTINGS, ...settings } });

async function messageOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (isEfficientNetError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing was thrown";
}

const batchOf = async (trainer: Trainer, imageSize = 16): Promise<Batch> => {
  const settings = { imageSize, batchSize: 8, regularisers: {} };
  const batches = tinyPipeline().epoch({ seed: trainer.settings.seed, epoch: 0, settings, training: true });
  for await (const batch of batches) return batch;
  throw new Error("no batch");
};

describe("fit", () => {
  it("trains through the stages, evaluates each epoch and reports in rows", async () => {
    const trainer = await begin({ schedule: { ...TINY_RECIPE, duration: { unit: "epochs", length: 6 } } });
    const rows: MetricsRow[] = [];
    const test = tinyPipeline(24);
    const result = await fit(trainer, { train: tinyPipeline(), test, onRow: (row) => void rows.push(row) });
    expect(rows.map(({ kind }) => kind).join(" ")).toBe(
      `stage ${"step step step step epoch ".repeat(3)}stage ${"step step step step epoch ".repeat(3).trim()}`,
    );
    expect(rows[0]).toMatchObject({ epoch: 0, step: 0, stage: { imageSize: 16 } });
    expect(rows[1]).toMatchObject({
      epoch: 0,
      batch: 1,
      batches: 4,
      step: 1,
      stage: 0,
      imageSize: 16,
      learningRate: 0,
    });
    expect(rows[2]).toMatchObject({ step: 2, learningRate: 0.01 });
    expect(rows.at(-1)).toMatchObject({ kind: "epoch", epoch: 5, step: 24, stage: 1, imageSize: 24, secondsLeft: 0 });
    expect(result).toMatchObject({ position: { epoch: 6, batch: 0, step: 24 }, test: { pictures: 24, top5: 1 } });
    expect(result.test!.accuracy).toBeGreaterThan(0.6);
    expect(rows.at(-1)).toMatchObject({ test: result.test });
    trainer.dispose();
  });

  it("counts a schedule in steps, and ends the epoch where a stage ends in its middle", async () => {
    const trainer = await begin({ schedule: { ...TINY_RECIPE, duration: { unit: "steps", length: 6 } } });
    const steps: string[] = [];
    const onRow: FitOptions["onRow"] = (row) =>
      void (row.kind === "step" && steps.push(`${row.epoch}.${row.batch}@${row.imageSize}`));
    await fit(trainer, { train: tinyPipeline(), onRow });
    expect(steps.join(" ")).toBe("0.1@16 0.2@16 0.3@16 1.1@24 1.2@24 1.3@24");
    trainer.dispose();
  });

  it("stops for a signal with a checkpoint, and goes on from it to the same weights, bit for bit", async () => {
    const straight = await begin();
    await fit(straight, { train: tinyPipeline() });
    const expected = tensorsOf(await straight.checkpoint());
    straight.dispose();

    const stopped = await begin();
    const controller = new AbortController();
    let kept: Uint8Array | undefined;
    const message = await messageOf(() =>
      fit(stopped, {
        train: tinyPipeline(),
        signal: controller.signal,
        saveCheckpoint: (bytes) => {
          kept = bytes;
        },
        onRow: (row) => {
          if (row.kind === "step" && row.step === 6) controller.abort();
        },
      }),
    );
    stopped.dispose();
    expect(message).toBe("aborted: training was stopped in epoch 1, after 6 steps");
    expect(await describeCheckpoint(kept!)).toMatchObject({ position: { epoch: 1, batch: 2, step: 6 } });

    const resumed = await resumeTrainer(kept!, { labels: ["red", "green", "blue"] });
    await fit(resumed, { train: tinyPipeline() });
    const actual = tensorsOf(await resumed.checkpoint());
    resumed.dispose();
    expect([...actual.keys()]).toEqual([...expected.keys()]);
    for (const [name, values] of expected) expect([name, actual.get(name)]).toEqual([name, values]);
  });

  it("refuses data of other classes", async () => {
    const trainer = await createTrainer({ ...tinyNetwork(["a", "b", "c"]), settings: TINY_SETTINGS });
    expect(await messageOf(() => fit(trainer, { train: tinyPipeline() }))).toMatchInlineSnapshot(`
      "weights-mismatch: the data has other classes than the network
        expected: a, b, c
        received: red, green, blue
        hint: resume with the data that the training began with"
    `);
    trainer.dispose();
  });
});

describe("fine-tuning", () => {
  const changed = async (settings: Partial<TrainingOptions>): Promise<string[]> => {
    const trainer = await begin(settings);
    const before = tensorsOf(await trainer.checkpoint());
    await fit(trainer, { train: tinyPipeline() });
    const after = tensorsOf(await trainer.checkpoint());
    trainer.dispose();
    return [...after.keys()].filter(
      (name) => name.startsWith("net/") && after.get(name)!.some((value, i) => value !== before.get(name)![i]),
    );
  };

  it.each([true, false])(
    "trains the last blocks and leaves all before them, statistics too (kept maps: %s)",
    async (cacheFrozen) => {
      const names = await changed({ trainFrom: "stages.2", cacheFrozen });
      expect(names.every((name) => /^net\/(stages\.2|head|classifier)\./.test(name))).toBe(true);
      expect(names).toContain("net/stages.2.0.expand.norm.mean");
      expect(names).toContain("net/head.conv.kernel");
    },
  );

  it("keeps the stored statistics where told, and trains around them", async () => {
    const names = await changed({ statistics: "running" });
    expect(names.filter((name) => /\.(mean|variance)$/.test(name))).toEqual([]);
    expect(names).toContain("net/stem.norm.gamma");
  });

  it("trains the classifier on embeddings, with no gradients registered", async () => {
    expect(await changed({ trainFrom: "classifier" })).toEqual(["net/classifier.kernel", "net/classifier.bias"]);
  });

  it("reaches the same classifier in closed form as by differentiation", async () => {
    const trainer = await begin({ trainFrom: "classifier", cacheFrozen: false });
    const batch = await batchOf(trainer);
    await trainer.step(batch, { learningRate: 0.1, regularisers: { dropoutRate: 0.3 } });
    const closed = tensorsOf(await trainer.checkpoint()).get("net/classifier.kernel")!;
    trainer.dispose();
    const whole = await begin({ statistics: "running", optimiser: TINY_SETTINGS.optimiser });
    await whole.step(batch, { learningRate: 0.1, regularisers: { dropoutRate: 0.3, dropPathRate: 0 } });
    const taped = tensorsOf(await whole.checkpoint()).get("net/classifier.kernel")!;
    whole.dispose();
    closed.forEach((value, i) => {
      expect(value).toBeCloseTo(taped[i]!, 5);
    });
  });

  it("refuses a part that the network does not have", async () => {
    expect(await messageOf(() => begin({ trainFrom: "stages.7" }))).toMatchInlineSnapshot(`
      "unknown-name: unknown part to train from "stages.7"
        hint: did you mean stages.0, stages.1, stages.2?"
    `);
  });
});

describe("a step", () => {
  it("through the device in pieces is the step of the whole batch where norms keep their statistics", async () => {
    const after = async (microBatch: number | null) => {
      const trainer = await begin({ microBatch, statistics: "running", clipNorm: 1 });
      const { loss } = await trainer.step(await batchOf(trainer), {
        learningRate: 0.1,
        regularisers: { dropoutRate: 0, dropPathRate: 0 },
      });
      const tensors = tensorsOf(await trainer.checkpoint());
      trainer.dispose();
      return { loss, kernel: tensors.get("net/stages.1.0.expand.conv.kernel")! };
    };
    const [whole, pieces] = [await after(null), await after(3)];
    expect(pieces.loss).toBeCloseTo(whole.loss, 5);
    pieces.kernel.forEach((value, i) => {
      expect(value).toBeCloseTo(whole.kernel[i]!, 5);
    });
  });

  it("that leaves the finite numbers is not taken, and the first tensor is named", async () => {
    const trainer = await begin();
    const batch = await batchOf(trainer);
    const images = batch.images.slice().fill(Number.NaN, 0, 3);
    expect(await messageOf(() => trainer.step({ ...batch, images }, { learningRate: 0.1 }))).toMatchInlineSnapshot(`
      "diverged: the loss is NaN at step 0: the first values not finite are those of the pictures
        hint: lower the learning rate, lengthen the warm-up, or set clipNorm; then go on from the last checkpoint"
    `);
    expect(trainer.position.step).toBe(0);
    trainer.dispose();
    const broken = await createTrainer({
      ...tinyNetwork(),
      settings: TINY_SETTINGS,
      read: ({ name, shape }) =>
        name === "stages.1.0.expand.norm.gamma" ? new Float32Array(shape[0]!).fill(3e38) : undefined,
    });
    expect((await messageOf(() => broken.step(batch, { learningRate: 0.1 }))).split("\n")[0]).toMatchInlineSnapshot(
      `"diverged: the loss is NaN at step 0: the first values not finite are those of the map of stages.1.0"`,
    );
    broken.dispose();
  });

  it("leaves no tensors, also when it fails", async () => {
    await expectNoLeaks(async () => {
      const trainer = await begin();
      const batch = await batchOf(trainer);
      const images = batch.images.slice().fill(Number.NaN);
      await trainer.step(batch, { learningRate: 0.1 });
      await messageOf(() => trainer.step({ ...batch, images }, { learningRate: 0.1 }));
      await messageOf(() => trainer.step({ ...batch, shape: [8, 16, 17, 3] }, { learningRate: 0.1 }));
      await trainer.evaluate([batch]);
      trainer.dispose();
    });
  });

  it("names what to do when the device gives up", async () => {
    const trainer = await begin();
    const shape = [8, 16, 17, 3] as const;
    const message = await messageOf(async () =>
      trainer.step({ ...(await batchOf(trainer)), shape }, { learningRate: 1 }),
    );
    expect(message).toMatchInlineSnapshot(`
      "backend-failed: a step over [8,16,17,3] failed on wasm: Based on the provided shape, [8,16,17,3], the tensor should have 6528 values but has 6144
        hint: if memory ran out, set microBatch: 4, which sends a batch through in pieces, or take smaller images"
    `);
    trainer.dispose();
  });
});

describe("settings", () => {
  it.each<[string, Partial<TrainingOptions>]>([
    ["images below the stride", { schedule: { ...TINY_RECIPE, imageSize: { from: 4, to: 24, rounding: null } } }],
    [
      "images of half a pixel",
      {
        schedule: {
          ...TINY_RECIPE,
          imageSize: { from: 17, to: 24, rounding: null },
          stages: 3,
          duration: { unit: "epochs", length: 3 },
        },
      },
    ],
    ["smoothing of all the mass", { labelSmoothing: 1 }],
    ["no pictures at once", { microBatch: 0 }],
  ])("refuse %s", async (_, settings) => {
    expect(await messageOf(() => begin(settings))).toMatchSnapshot();
    expect(tf.memory().numTensors).toBe(0);
  });

  it("refuse labels that are not one for each class", async () => {
    const { spec } = tinyNetwork();
    expect(
      await messageOf(() => createTrainer({ spec, labels: ["a", "b"], settings: TINY_SETTINGS })),
    ).toMatchInlineSnapshot(`
      "invalid-argument: tiny has 3 classes, and there are 2 labels
        expected: a label for each class, at least two
        hint: take withClasses(spec, labels.length)"
    `);
  });
});

describe("a checkpoint", () => {
  it("holds net, average, optimiser, position, labels, spec and settings", async () => {
    const trainer = await begin();
    await trainer.step(await batchOf(trainer), { learningRate: 0.1 });
    const bytes = await trainer.checkpoint();
    expect(await describeCheckpoint(bytes)).toEqual({
      ...tinyNetwork(),
      settings: trainer.settings,
      position: { epoch: 0, batch: 1, step: 1 },
      sums: trainer.sums,
    });
    const names = [...tensorsOf(bytes).keys()];
    expect(names.filter((name) => name.endsWith("/stem.conv.kernel"))).toEqual([
      "net/stem.conv.kernel",
      "average/stem.conv.kernel",
      "slots/meanSquare/stem.conv.kernel",
      "slots/moment/stem.conv.kernel",
    ]);
    trainer.dispose();
  });

  it("is refused where something else was expected", async () => {
    const trainer = await begin();
    const bytes = await trainer.checkpoint();
    const { spec } = tinyNetwork();
    expect(await messageOf(() => resumeTrainer(bytes, { labels: ["red", "green", "cyan"] }))).toMatchInlineSnapshot(`
      "weights-mismatch: the checkpoint was trained on other classes
        expected: red, green, cyan
        received: red, green, blue
        hint: resume with the data that the training began with, or start a new training from its weights"
    `);
    expect(await messageOf(() => resumeTrainer(bytes, { spec: { ...spec, dropoutRate: 0.7 } }))).toMatchInlineSnapshot(`
      "weights-mismatch: the checkpoint is of another network
        expected: tiny: dropoutRate 0.7
        received: tiny: dropoutRate 0.2"
    `);
    const settings = { ...trainer.settings, labelSmoothing: 0 };
    expect(await messageOf(() => resumeTrainer(bytes, { settings }))).toMatchInlineSnapshot(`
      "invalid-argument: the checkpoint was trained with other settings
        expected: labelSmoothing 0
        received: labelSmoothing 0.1
        hint: resume without settings to go on as it began, or start a new training from its weights"
    `);
    const weights = await trainer.weights();
    trainer.dispose();
    expect(await messageOf(() => resumeTrainer(weights))).toMatchInlineSnapshot(`
      "wrong-file: the file is no checkpoint of a training
        hint: it holds weights of tiny: start a training from them"
    `);
    expect(tf.memory().numTensors).toBe(0);
  });

  it("is not made of a network that left the finite numbers", async () => {
    const trainer = await createTrainer({
      ...tinyNetwork(),
      settings: TINY_SETTINGS,
      read: ({ name, shape }) => (name === "head.norm.beta" ? new Float32Array(shape[0]!).fill(Number.NaN) : undefined),
    });
    expect(await messageOf(() => trainer.checkpoint())).toMatchInlineSnapshot(`
      "diverged: head.norm.beta has values that are not finite after 0 steps
        hint: lower the learning rate and go on from the last checkpoint, which is not replaced"
    `);
    trainer.dispose();
    expect(await messageOf(() => trainer.checkpoint())).toBe("disposed: the trainer was disposed");
  });
});

describe("a trainer", () => {
  it("starts from what is read, and anew for the rest", async () => {
    const spec = withClasses(getSpec("test-efficientnet"), 2);
    const kernel = (trainer: Trainer) => trainer.weights().then((bytes) => tensorsOf(bytes).get("stem.conv.kernel"));
    const schedule = { ...TINY_RECIPE, imageSize: { from: 32, to: 32, rounding: null } };
    const options = { spec, labels: ["a", "b"], settings: { ...TINY_SETTINGS, schedule } };
    const fresh = await createTrainer(options);
    const again = await createTrainer(options);
    const given = await createTrainer({
      ...options,
      read: ({ name, shape }) =>
        name === "stem.conv.kernel" ? new Float32Array(shape.reduce((n, side) => n * side, 1)).fill(0.5) : undefined,
    });
    expect(await kernel(fresh)).toEqual(await kernel(again));
    expect((await kernel(given))!.every((value) => value === 0.5)).toBe(true);
    for (const trainer of [fresh, again, given]) trainer.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });
});
