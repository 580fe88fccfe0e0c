import {
  augment,
  EFFICIENTNET_V2_CROP,
  flipPicture,
  googleAutoAugment,
  googleRandAugment,
  inceptionCrop,
  mixGoogle,
  mixTimm,
  oneHot,
  randomErasing,
  TIMM_CROP,
  timmRandAugment,
} from "@efficientnet/augment";
import { EfficientNetError } from "@efficientnet/errors";
import { preprocess, preprocessBatch } from "@efficientnet/preprocess";
import { drawChance, seededRandom } from "@efficientnet/random";
import { describe, expect, it } from "vitest";
import {
  arrayDataset,
  type Batch,
  type BatchSettings,
  countBatches,
  createPipeline,
  type Dataset,
  type PipelineOptions,
} from "../data.js";
import { collect, fingerprint } from "../testing/collect.js";
import { halfSpec } from "../testing/half-spec.js";
import shapesDataset from "../testing/shapes-dataset.js";

const shapes = shapesDataset({ length: 22, side: 20 });
const settings = (regularisers: BatchSettings["regularisers"] = {}): BatchSettings => ({
  imageSize: 16,
  batchSize: 4,
  regularisers,
});
const everything = settings({ randAugmentMagnitude: 9, mixupAlpha: 0.4, cutmixAlpha: 1, erasingProbability: 0.3 });

interface Where {
  readonly seed?: number;
  readonly epoch?: number;
  readonly firstBatch?: number;
  readonly training?: boolean;
  readonly settings?: BatchSettings;
}

function batches(where: Where = {}, options: Partial<PipelineOptions> = {}, dataset = shapes): Promise<Batch[]> {
  const pipeline = createPipeline(dataset, { preprocess: halfSpec(16), ...options });
  return collect(pipeline.epoch({ seed: 1, epoch: 0, settings: everything, training: true, ...where }));
}

describe("a training epoch", () => {
  it("shows every picture once, in whole batches and in another order each epoch", async () => {
    const [first, second] = [await batches(), await batches({ epoch: 1 })];
    const order = first.flatMap(({ indices }) => indices);
    expect([first.length, order.length, new Set(order).size]).toEqual([5, 20, 20]);
    expect(second.flatMap(({ indices }) => indices)).not.toEqual(order);
    expect(first[0]?.shape).toEqual([4, 16, 16, 3]);
  });

  it("is one smaller batch where a batch is larger than the dataset", async () => {
    const [only, ...more] = await batches({ settings: { ...settings(), batchSize: 64 } });
    expect([only?.shape[0], more.length]).toEqual([22, 0]);
  });

  it("is the same for the same seed and epoch, and another for others", async () => {
    const expected = (await batches()).map(fingerprint);
    expect((await batches()).map(fingerprint)).toEqual(expected);
    expect((await batches({ seed: 2 })).map(fingerprint)).not.toEqual(expected);
    expect((await batches({ epoch: 1 })).map(fingerprint)).not.toEqual(expected);
  });

  it("goes on in the middle as if it had never stopped", async () => {
    const whole = (await batches()).map(fingerprint);
    for (const firstBatch of [0, 2, 4, 5]) {
      expect((await batches({ firstBatch })).map(fingerprint)).toEqual(whole.slice(firstBatch));
    }
  });

  it("gives a picture the same pixels in a batch of any size and wherever it stands", async () => {
    const plain = settings({ randAugmentMagnitude: 9, erasingProbability: 0.5 });
    const length = 16 * 16 * 3;
    const pixels = (all: readonly Batch[]) =>
      new Map(
        all.flatMap(({ indices, images }) =>
          indices.map((index, i) => [index, images.slice(i * length, (i + 1) * length)]),
        ),
      );
    const byFour = pixels(await batches({ settings: plain }));
    const bySeven = pixels(await batches({ settings: { ...plain, batchSize: 7 } }));
    for (const [index, expected] of byFour) expect(bySeven.get(index)).toEqual(expected);
  });
});

describe("a training batch", () => {
  const random = (name: string, index: number) => seededRandom(1, name, 0, index);
  const spec = halfSpec(16);
  const resize = { filter: "bilinear", method: "pillow" } as const;

  /** The first batch by the functions of augment and preprocess alone. */
  async function expected(policy: ReturnType<typeof googleRandAugment> | undefined, crop = EFFICIENTNET_V2_CROP) {
    const [{ indices }] = (await batches()) as [Batch];
    const pictures = await Promise.all(
      indices.map(async (index) => {
        const cropped = inceptionCrop(await shapes.picture(index), 16, crop, random("crop", index), resize);
        const turned = drawChance(random("flip", index), 0.5) ? flipPicture(cropped) : cropped;
        return policy === undefined ? turned : augment(turned, policy, random("augment", index));
      }),
    );
    const labels = oneHot(
      indices.map((index) => shapes.labels[index]!),
      3,
    );
    return { ...preprocessBatch(pictures, spec), labels };
  }

  it("is cropped, flipped, augmented at the stage's magnitude and normalised", async () => {
    const [batch] = await batches({ settings: settings({ randAugmentMagnitude: 7 }) });
    const { data, labels } = await expected(googleRandAugment({ magnitude: 7 }));
    expect([batch?.images, batch?.labels]).toEqual([data, labels]);
  });

  it("follows timm, or a policy that no stage changes, as well", async () => {
    const timm = { policy: { kind: "timm", increasing: true }, crop: TIMM_CROP } as const;
    const [augmented] = await batches({ settings: settings({ randAugmentMagnitude: 7 }) }, timm);
    const policy = timmRandAugment({ magnitude: 7, increasing: true });
    expect(augmented?.images).toEqual((await expected(policy, TIMM_CROP)).data);
    const fixed = { policy: { kind: "fixed", policy: googleAutoAugment() } } as const;
    const [auto] = await batches({ settings: settings() }, fixed);
    expect(auto?.images).toEqual((await expected(googleAutoAugment())).data);
  });

  it("is only cropped and flipped where the magnitude is 0", async () => {
    const [batch] = await batches({ settings: settings({ randAugmentMagnitude: 0 }) });
    expect(batch?.images).toEqual((await expected(undefined)).data);
  });

  it("is mixed as a whole, by Google's way or timm's", async () => {
    const batch = await expected(undefined);
    const [google] = await batches({ settings: settings({ mixupAlpha: 0.3, cutmixAlpha: 0.6 }) });
    const byGoogle = mixGoogle(batch, random("mix", 0), { mixupAlpha: 0.3, cutmixAlpha: 0.6 });
    expect([google?.images, google?.labels]).toEqual([byGoogle.data, byGoogle.labels]);
    const mix = { kind: "timm", mode: "elem" } as const;
    const [timm] = await batches({ settings: settings({ mixupAlpha: 0.3 }) }, { mix });
    const byTimm = mixTimm(batch, random("mix", 0), { mixupAlpha: 0.3, mode: "elem" });
    expect([timm?.images, timm?.labels]).toEqual([byTimm.data, byTimm.labels]);
  });

  it("has rectangles erased from single pictures", async () => {
    const erasing = { mode: "const" } as const;
    const [erased] = await batches({ settings: settings({ erasingProbability: 1 }) }, { erasing });
    const { data } = await expected(undefined);
    const [{ indices }] = (await batches()) as [Batch];
    const one = { data: data.subarray(0, 16 * 16 * 3), shape: [1, 16, 16, 3] } as const;
    const options = { ...erasing, probability: 1 };
    expect(erased?.images.subarray(0, 16 * 16 * 3)).toEqual(
      randomErasing(one, random("erase", indices[0]!), options).data,
    );
  });

  it("holds whole pictures as they are, where it is told to leave them alone", async () => {
    const [batch] = await batches({ settings: settings() }, { crop: "whole", flip: false });
    const [index = -1] = batch?.indices ?? [];
    expect(batch?.images.subarray(0, 16 * 16 * 3)).toEqual(preprocess(await shapes.picture(index), spec).data);
  });

  it("takes grey pictures and drops alpha", async () => {
    const grey = { data: Uint8Array.from({ length: 16 }, (_, i) => i * 16), width: 4, height: 4, channels: 1 } as const;
    const rgba = {
      ...grey,
      data: Uint8Array.from({ length: 64 }, (_, i) => (i % 4 === 3 ? 9 : (i >> 2) * 16)),
      channels: 4,
    } as const;
    const dataset = arrayDataset({ classes: ["a", "b"], labels: [0, 1], pictures: [grey, rgba] });
    const small = { ...settings(), imageSize: 4, batchSize: 2 };
    const plain = { crop: "whole", flip: false, preprocess: halfSpec(4) } as const;
    const [batch] = await batches({ settings: small }, plain, dataset);
    expect(batch?.images.slice(0, 48)).toEqual(batch?.images.slice(48));
  });
});

describe("an evaluation epoch", () => {
  it("shows all pictures in order, as the weights want them at the stage's size", async () => {
    const wide = { ...halfSpec(32), fit: { mode: "resize-crop", resizeTo: 40 }, filter: "bicubic" } as const;
    const all = await batches({ training: false }, { preprocess: wide });
    expect(all.map(({ shape }) => shape[0])).toEqual([4, 4, 4, 4, 4, 2]);
    expect(all.flatMap(({ indices }) => indices)).toEqual(Array.from(shapes.labels, (_, index) => index));
    expect(all[5]?.images.subarray(0, 16 * 16 * 3)).toEqual(
      preprocess(await shapes.picture(20), wide, { size: 16 }).data,
    );
    expect(all[5]?.labels).toEqual(oneHot([2, 0], 3));
  });

  it("has as many batches as are counted", () => {
    expect([countBatches(22, 4, true), countBatches(22, 4, false), countBatches(3, 4, true)]).toEqual([5, 6, 1]);
  });
});

describe("a pipeline", () => {
  const watched = () => {
    const asked: number[] = [];
    const picture = (index: number) => {
      asked.push(index);
      return shapes.picture(index);
    };
    return { asked, dataset: { ...shapes, picture } satisfies Dataset };
  };

  it("prepares so many batches ahead and no more", async () => {
    const { asked, dataset } = watched();
    const pipeline = createPipeline(dataset, { preprocess: halfSpec(16), ahead: 2 });
    const epoch = pipeline.epoch({ seed: 1, epoch: 0, settings: settings(), training: true })[Symbol.asyncIterator]();
    await epoch.next();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toHaveLength(3 * 4);
    await epoch.return?.();
  });

  it("decodes pictures once for all epochs that have room for them", async () => {
    const { asked, dataset } = watched();
    const pipeline = createPipeline(dataset, { preprocess: halfSpec(16) });
    for (const epoch of [0, 1])
      await collect(pipeline.epoch({ seed: 1, epoch, settings: settings(), training: false }));
    expect(asked).toHaveLength(22);
  });

  it("stops at once when its signal fires", async () => {
    const never = { ...shapes, picture: () => new Promise<never>(() => undefined) };
    const controller = new AbortController();
    const pipeline = createPipeline(never, { preprocess: halfSpec(16) });
    const { signal } = controller;
    const epoch = collect(pipeline.epoch({ seed: 1, epoch: 0, settings: settings(), training: true, signal }));
    setTimeout(() => controller.abort(), 5);
    await expect(epoch).rejects.toMatchObject({ code: "aborted" });
    const again = collect(pipeline.epoch({ seed: 1, epoch: 0, settings: settings(), training: true, signal }));
    await expect(again).rejects.toThrowErrorMatchingInlineSnapshot(`[EfficientNetError: the epoch was aborted]`);
  });

  it("gives nothing after it was closed", async () => {
    const pipeline = createPipeline(shapes, { preprocess: halfSpec(16) });
    const epoch = pipeline.epoch({ seed: 1, epoch: 0, settings: settings(), training: true })[Symbol.asyncIterator]();
    await epoch.next();
    await pipeline.close();
    await expect(epoch.next()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: the pipeline was closed, so it has no more batches]`,
    );
    const again = collect(pipeline.epoch({ seed: 1, epoch: 0, settings: settings(), training: true }));
    await expect(again).rejects.toMatchObject({ code: "disposed" });
    await pipeline.close();
  });

  it("passes on what is wrong with the dataset, unless it is a picture", async () => {
    const broken = {
      ...shapes,
      picture: async () => Promise.reject(new EfficientNetError("missing-peer", "no sharp")),
    };
    await expect(batches({}, {}, broken)).rejects.toMatchObject({ code: "missing-peer" });
  });

  it.each([
    ["a fractional size", { settings: { ...settings(), imageSize: 16.5 } }, {}],
    ["an empty batch", { settings: { ...settings(), batchSize: 0 } }, {}],
    ["a fractional place", { firstBatch: 0.5 }, {}],
    ["half a worker", {}, { workers: 0.5 }],
    ["nothing ahead", {}, { ahead: 0 }],
  ])("refuses %s", async (_, where, options) => {
    await expect((async () => batches(where, options))()).rejects.toThrowErrorMatchingSnapshot();
  });
});
