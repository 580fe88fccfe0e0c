import { prepareBackend } from "@efficientnet/backends";
import { foldBatchNorm, initTensor, loadParams } from "@efficientnet/model";
import { getSpec, type PreprocessSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { expectClose, expectNoLeaks } from "@efficientnet-tooling/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEfficientNet } from "./create-efficient-net.js";
import type { EfficientNet } from "./efficient-net.js";
import { drawnPicture } from "./testing/seeded-weights.js";

const spec = withClasses(getSpec("test-efficientnet"), 3);
const preprocess: PreprocessSpec = {
  size: 64,
  fit: { mode: "squash", resizeTo: 64 },
  filter: "bicubic",
  method: "pillow",
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
};

/** A picture is its shade of red here; -1 is one that is broken. */
const decoded: number[] = [];
let whenDecoded: (red: number) => void = () => undefined;
let net: EfficientNet<number>;

beforeAll(async () => {
  const backend = await prepareBackend("wasm");
  const { shapes, read } = foldBatchNorm(tensorShapes(spec), (tensor) => initTensor(tensor, 1), spec.batchNorm.epsilon);
  const params = await backend.guard(() => loadParams(shapes, read));
  net = createEfficientNet({ spec, params, preprocess, labels: null, backend }, async (red: number) => {
    decoded.push(red);
    whenDecoded(red);
    const picture = drawnPicture(Math.abs(red), 10, 10);
    return red < 0 ? { ...picture, data: picture.data.subarray(1) } : picture;
  });
});
afterAll(() => net.dispose());

/** What was decoded while `run` ran. */
async function decodedBy(run: () => Promise<unknown>): Promise<readonly number[]> {
  decoded.length = 0;
  await run();
  return [...decoded];
}

describe("a list of pictures", () => {
  it("is answered alike however many run at once", async () => {
    const reds = [10, 60, 110, 160, 210];
    const whole = await net.logits(reds, { batchSize: 5 });
    for (const batchSize of [1, 2, undefined]) {
      await expectNoLeaks(async () => {
        const parts = await net.logits(reds, { batchSize });
        expect(parts).toHaveLength(5);
        parts.forEach((row, i) => {
          expectClose(row, whole[i] ?? [], 1e-5);
        });
      });
    }
    const classes = await net.classify(reds, { batchSize: 2, topK: 1 });
    expect(classes).toEqual(await net.classify(reds, { batchSize: 5, topK: 1 }));
  });

  it("is decoded part by part, and no further once one cannot be used, which is named by its place", async () => {
    const failing = () => net.embed([10, 20, 30, -1, 50, 60], { batchSize: 2 });
    const done = await decodedBy(() =>
      expect(expectNoLeaks(failing)).rejects.toThrowErrorMatchingInlineSnapshot(`
        [EfficientNetError: the data of picture 3 does not fill it
          expected: 12288 bytes (64 x 64 x 3)
          received: 12287 bytes]
      `),
    );
    expect(done).toEqual([10, 20, 30, -1]);
  });

  it("stops between parts when its signal has fired", async () => {
    const interrupt = new AbortController();
    whenDecoded = (red) => red === 20 && interrupt.abort();
    const { signal } = interrupt;
    const done = await decodedBy(() =>
      expect(net.embed([10, 20, 30], { batchSize: 1, signal })).rejects.toMatchObject({ code: "aborted" }),
    );
    expect(done).toEqual([10, 20]);
  });

  it("is one batch for the feature pyramid", async () => {
    const [map] = await net.features(new Array<number>(40).fill(10), { levels: [-1] });
    expect(map?.shape).toEqual([40, 2, 2, 64]);
  });

  it("has at least one", async () => {
    await expect(net.embed([])).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the batch has no pictures
        expected: at least one]
    `);
  });

  it.each([0, 2.5])("does not run %s at once", async (batchSize) => {
    await expect(net.embed([10], { batchSize })).rejects.toThrow(`batchSize is ${batchSize}`);
  });
});

it("numbers that are not finite are no answer", async () => {
  const backend = await prepareBackend("wasm");
  const { shapes, read } = foldBatchNorm(
    tensorShapes(spec),
    (tensor) => (tensor.shape.length === 4 ? initTensor(tensor, 1).fill(3e38) : initTensor(tensor, 1)),
    spec.batchNorm.epsilon,
  );
  const params = await backend.guard(() => loadParams(shapes, read));
  using damaged = createEfficientNet({ spec, params, preprocess, labels: null, backend }, async () =>
    drawnPicture(200, 10, 10),
  );
  await expect(expectNoLeaks(() => damaged.classify(0))).rejects.toThrowErrorMatchingInlineSnapshot(`
    [EfficientNetError: the network answered with numbers that are not finite
      hint: damaged weights have this effect, and devices on which webgl computes in 16 bits: check the file's hash, or try another backend]
  `);
});
