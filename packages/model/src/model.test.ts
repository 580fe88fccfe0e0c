import {
  type ArchitectureSpec,
  countParameters,
  getSpec,
  scaleSpec,
  tensorShapes,
  withClasses,
} from "@efficientnet/specs";
import { expectClose, expectNoLeaks, uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  calibrateStatistics,
  disposeParams,
  embedding,
  featurePyramid,
  foldBatchNorm,
  forwardMaps,
  initTensor,
  loadParams,
  logits,
  type NetworkParams,
  type ReadTensor,
} from "./index.js";

const spec = withClasses(getSpec("test-efficientnet"), 7);

/** Statistics that differ per channel, so that a wrong fold shows. */
const read: ReadTensor = (tensor) => {
  if (tensor.role === "mean" || tensor.role === "beta") return uniformArray(tensor.name, tensor.shape[0] ?? 0, 0.2);
  if (tensor.role === "variance" || tensor.role === "gamma")
    return uniformArray(tensor.name, tensor.shape[0] ?? 0, 0.4, 1);
  return initTensor(tensor, 1);
};

const picture = (shape: [number, number, number, number] = [1, 64, 64, 3]) =>
  tf.tensor4d(uniformArray("picture", tf.util.sizeFromShape(shape)), shape);

const load = (of: ArchitectureSpec = spec) => loadParams(tensorShapes(of), read);

beforeAll(async () => {
  await tf.setBackend("wasm");
});

afterEach(() => {
  expect(tf.memory().numTensors).toBe(0);
});

describe("loadParams", () => {
  it("makes one tensor for each name of the spec, with its shape", async () => {
    const params = await load();
    expect([...params].map(([name, { shape }]) => ({ name, shape }))).toEqual(
      tensorShapes(spec).map(({ name, shape }) => ({ name, shape })),
    );
    const values = [...params.values()].reduce((sum, { size }) => sum + size, 0);
    expect(values).toBe(countParameters(spec).total);
    disposeParams(params);
  });

  it("leaves nothing behind when a read fails half way", async () => {
    let reads = 0;
    const failing: ReadTensor = (tensor) => {
      if (++reads > 20) throw new Error("disk on fire");
      return read(tensor);
    };
    await expect(expectNoLeaks(() => loadParams(tensorShapes(spec), failing))).rejects.toThrow("disk on fire");
  });

  it("stops when its signal fires, and leaves nothing behind", async () => {
    const big = getSpec("efficientnet-b0");
    const controller = new AbortController();
    const loading = expectNoLeaks(() => loadParams(tensorShapes(big), read, { signal: controller.signal }));
    controller.abort();
    await expect(loading).rejects.toMatchObject({ code: "aborted" });
  });

  it("stops between any two tensors when its signal fires", async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const onProgress = (fraction: number) => {
      seen.push(fraction);
      if (seen.length === 3) controller.abort();
    };
    const loading = expectNoLeaks(() =>
      loadParams(tensorShapes(spec), read, { signal: controller.signal, onProgress }),
    );
    await expect(loading).rejects.toMatchObject({ code: "aborted" });
    expect(seen.length).toBe(3);
  });

  it("stays on the backend it began on, though another becomes active in a pause", async () => {
    const loading = loadParams(tensorShapes(getSpec("efficientnet-b0")), read);
    await tf.setBackend("cpu");
    const params = await loading;
    expect(tf.getBackend()).toBe("wasm");
    expect(tf.engine().registry.cpu?.numDataIds()).toBe(0);
    disposeParams(params);
  });

  it("refuses a tensor of another size by name", async () => {
    await expect(loadParams(tensorShapes(spec), () => new Float32Array(3))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: stem.conv.kernel has 3 values
        expected: [3,3,3,24]]
    `);
  });
});

describe("foldBatchNorm", () => {
  it("leaves one bias in place of four vectors and changes no answer", async () => {
    const folded = foldBatchNorm(tensorShapes(spec), read, spec.batchNorm.epsilon);
    expect(folded.shapes.some(({ name }) => name.includes(".norm."))).toBe(false);
    const [params, foldedParams] = [await load(), await loadParams(folded.shapes, folded.read)];
    const x = picture([2, 65, 48, 3]);
    const [expected, actual] = [logits(spec, params, x), logits(spec, foldedParams, x)];
    const deviation = tf.tidy(() => Math.sqrt(tf.moments(expected).variance.dataSync()[0] ?? 0));
    expectClose(actual.dataSync(), expected.dataSync(), 1e-5 * deviation);
    tf.dispose([x, expected, actual]);
    disposeParams(params);
    disposeParams(foldedParams);
  });

  it("names a variance that has no root, where every answer would be NaN", () => {
    const damaged: ReadTensor = (tensor) =>
      tensor.name === "head.norm.variance" ? read(tensor).fill(-1, 3) : read(tensor);
    const { shapes, read: readFolded } = foldBatchNorm(tensorShapes(spec), damaged, spec.batchNorm.epsilon);
    const kernel = shapes.find(({ name }) => name === "head.conv.kernel");
    expect(() => kernel && readFolded(kernel)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: head.norm.variance holds -1 at index 3
        expected: numbers of 0 or more, with epsilon 0.00001
        hint: the file is damaged, or its arrays are named in another order]
    `);
  });
});

describe("the forward pass", () => {
  const withParams = async (run: (params: NetworkParams, x: tf.Tensor4D) => tf.Tensor | readonly tf.Tensor[]) => {
    const params = await load();
    const x = picture([2, 64, 64, 3]);
    await expectNoLeaks(
      () => run(params, x),
      (result) => tf.dispose(result as tf.Tensor[]),
    ).finally(() => {
      x.dispose();
      disposeParams(params);
    });
  };

  it("gives logits, the pooled embedding and the head map in the shapes of the spec", async () => {
    await withParams((params, x) => {
      const results = [logits(spec, params, x), embedding(spec, params, x), forwardMaps(spec, params, x)];
      expect(results.map(({ shape }) => shape)).toEqual([
        [2, 7],
        [2, 256],
        [2, 2, 2, 256],
      ]);
      return results;
    });
  });

  it("answers each picture of a batch as it answers it alone", async () => {
    await withParams((params, x) => {
      const both = logits(spec, params, x);
      const second = tf.tidy(() => logits(spec, params, tf.slice(x, [1, 0, 0, 0], [1, 64, 64, 3])));
      expectClose([...both.dataSync()].slice(7), second.dataSync(), 1e-5);
      return [both, second];
    });
  });

  it("repeats a training pass with its seed, and another seed drops other branches", async () => {
    const dropping = { ...spec, dropoutRate: 0.5 };
    await withParams((params, x) => {
      const [first, again, other] = [3, 3, 4].map((seed) =>
        logits(dropping, params, x, { training: true, seed, statistics: "running" }),
      ) as [tf.Tensor, tf.Tensor, tf.Tensor];
      expect(first.dataSync()).toEqual(again.dataSync());
      expect(first.dataSync()).not.toEqual(other.dataSync());
      return [first, again, other];
    });
  });

  it("refuses an input that is no batch of RGB pictures", async () => {
    await expect(
      withParams((params) => tf.tidy(() => logits(spec, params, tf.zeros([1, 64, 64, 4])))),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the network takes a batch of RGB pictures
        expected: [?,?,?,3] float32
        received: [1,64,64,4] float32]
    `);
  });

  it("refuses logits of a network without classifier", async () => {
    await expect(
      withParams((params, x) => logits(withClasses(spec, null), params, x)),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: test-efficientnet was loaded without a classifier, so it has no logits
        hint: use its embedding, or load weights that have a classifier]
    `);
  });

  it("names a parameter that is missing, and leaves nothing behind", async () => {
    await expect(
      withParams((params, x) => {
        const without = new Map(params);
        without.delete("stages.3.0.project.conv.kernel");
        return logits(spec, without, x);
      }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the parameter stages.3.0.project.conv.kernel is missing
        hint: load the parameters with the spec that the network runs with]
    `);
  });
});

describe("featurePyramid", () => {
  const pyramid = async (levels?: Parameters<typeof featurePyramid>[3]) => {
    const params = await load();
    const x = picture([1, 96, 64, 3]);
    try {
      return featurePyramid(spec, params, x, levels).map(({ level, reduction, map }) => {
        const shape = map.shape;
        map.dispose();
        return { level, reduction, shape };
      });
    } finally {
      x.dispose();
      disposeParams(params);
    }
  };

  it("gives the last map of each resolution, finest first", async () => {
    expect(await pyramid()).toEqual([
      { level: 0, reduction: 2, shape: [1, 48, 32, 16] },
      { level: 1, reduction: 4, shape: [1, 24, 16, 24] },
      { level: 2, reduction: 8, shape: [1, 12, 8, 32] },
      { level: 3, reduction: 16, shape: [1, 6, 4, 48] },
      { level: 4, reduction: 32, shape: [1, 3, 2, 64] },
    ]);
  });

  it("counts negative levels from the coarsest, repeats a level, and gives the head map", async () => {
    expect(await pyramid([-1, "head", 0, -1])).toEqual([
      { level: 4, reduction: 32, shape: [1, 3, 2, 64] },
      { level: "head", reduction: 32, shape: [1, 3, 2, 256] },
      { level: 0, reduction: 2, shape: [1, 48, 32, 16] },
      { level: 4, reduction: 32, shape: [1, 3, 2, 64] },
    ]);
  });

  it.each([5, -6, 0.5])("has no level %s", async (level) => {
    await expect(pyramid([level])).rejects.toMatchObject({ code: "invalid-argument" });
  });
});

describe("initTensor", () => {
  const deviation = (values: Float32Array) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

  it("draws convolutions from a normal of sqrt(2 / fanOut), depthwise by its kernel alone", () => {
    const conv = initTensor({ name: "a", shape: [3, 3, 64, 128], role: "conv-kernel" }, 1);
    expect(deviation(conv) / Math.sqrt(2 / (9 * 128))).toBeCloseTo(1, 1);
    const depthwise = initTensor({ name: "b", shape: [5, 5, 4000, 1], role: "depthwise-kernel" }, 1);
    expect(deviation(depthwise)).toBeCloseTo(0.2828, 2);
  });

  it("draws the classifier uniformly within 1/sqrt(classes)", () => {
    const dense = initTensor({ name: "c", shape: [1280, 1000], role: "dense-kernel" }, 1);
    const largest = dense.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(largest).toBeCloseTo(0.0316228, 5);
    expect(deviation(dense)).toBeCloseTo(0.0316228 / Math.sqrt(3), 4);
  });

  it("draws a router uniformly within 1/sqrt(inputs + experts)", () => {
    const router = initTensor({ name: "stages.4.0.routing.kernel", shape: [80, 4], role: "dense-kernel" }, 1);
    const largest = router.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(largest).toBeCloseTo(1 / Math.sqrt(84), 2);
  });

  it("depends on seed and name only", () => {
    const shape = { name: "d", shape: [4], role: "dense-kernel" } as const;
    expect(initTensor(shape, 1)).toEqual(initTensor(shape, 1));
    expect(initTensor(shape, 1)).not.toEqual(initTensor(shape, 2));
    expect(initTensor(shape, 1)).not.toEqual(initTensor({ ...shape, name: "e" }, 1));
  });
});

describe("calibrateStatistics", () => {
  it("makes evaluation of the batch what training makes of it, though its last maps are of one pixel", async () => {
    const narrow = scaleSpec(spec, { dropPathRate: 0.5 });
    const params = await loadParams(tensorShapes(narrow), (tensor) => initTensor(tensor, 2));
    const x = picture([8, 32, 32, 3]);
    const calibrated = calibrateStatistics(narrow, params, x);
    const mode = { training: true, seed: 1, statistics: "batch" } as const;
    const expected = embedding({ ...narrow, dropPathRate: 0 }, params, x, mode);
    const actual = embedding(narrow, calibrated, x);
    const scale = tf.tidy(() => tf.max(tf.abs(expected)).dataSync()[0] ?? 0);
    expectClose(actual.dataSync(), expected.dataSync(), 1e-4 * scale);
    tf.dispose([x, expected, actual, ...new Set([...params.values(), ...calibrated.values()])]);
  });

  it("refuses a batch of which a norm sees one value, and leaves nothing behind", async () => {
    const params = await load();
    const x = picture([1, 32, 32, 3]);
    await expectNoLeaks(() => {
      expect(() => calibrateStatistics(spec, params, x)).toThrowErrorMatchingInlineSnapshot(`
        [EfficientNetError: stages.4.0.depthwise.norm sees one value of each channel, which has no variance
          hint: calibrate with several pictures, or larger ones]
      `);
    });
    x.dispose();
    disposeParams(params);
  });
});
