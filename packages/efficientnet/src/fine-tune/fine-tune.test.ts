import { isEfficientNetError } from "@efficientnet/errors";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { fineTune, load } from "../node.js";
import { COLOURED, colouredPicture } from "../testing/coloured-pictures.js";

const UNTRAINED = { weights: { seed: 1 }, imageSize: 48 } as const;

describe("fineTune", () => {
  it("teaches the classifier alone, tests on pictures that were held back, and answers with the network", async () => {
    const rows: string[] = [];
    const options = { ...UNTRAINED, onRow: (row: { readonly kind: string }) => rows.push(row.kind) };
    const { network, test, weights, skipped } = await fineTune("test-efficientnet", COLOURED, options);
    using net = network;
    expect([test?.pictures, test?.accuracy, skipped.length]).toEqual([4, 1, 0]);
    expect(rows.filter((kind) => kind === "epoch").length).toBe(40);
    const [best] = await net.classify(colouredPicture(2, 30));
    expect(best?.label).toBe("blue");
    // The file needs nothing else: classes, preprocessing and size are in it.
    using again = await load({ weights });
    expect([again.labels, again.preprocess.size]).toEqual([["red", "blue"], 48]);
    expect(await again.logits(colouredPicture(0, 30))).toEqual(await net.logits(colouredPicture(0, 30)));
  });

  it("leaves the embedding as it was, unless it may go deeper", async () => {
    const few = { ...UNTRAINED, epochs: 1, batchSize: 8, share: 0 };
    using before = (await fineTune("test-efficientnet", COLOURED, { ...few, learningRate: 1e-9 })).network;
    using shallow = (await fineTune("test-efficientnet", COLOURED, few)).network;
    using deep = (await fineTune("test-efficientnet", COLOURED, { ...few, trainFrom: "head" })).network;
    const embedding = async (net: typeof before) => (await net.embed(colouredPicture(0, 3))).join();
    expect(await embedding(shallow)).toBe(await embedding(before));
    expect(await embedding(deep)).not.toBe(await embedding(before));
  });

  it("leaves no tensors of training behind", async () => {
    const before = tf.engine().state.numTensors;
    const { network } = await fineTune("test-efficientnet", COLOURED, { ...UNTRAINED, epochs: 2 });
    network.dispose();
    expect(tf.engine().state.numTensors).toBe(before);
  });

  it.each([[{ red: COLOURED.red ?? [] }], [{ red: COLOURED.red ?? [], blue: [] }]])(
    "refuses data that teaches nothing",
    async (data) => {
      const error = await fineTune("test-efficientnet", data, UNTRAINED).catch((thrown: unknown) => thrown);
      expect(isEfficientNetError(error, "invalid-argument")).toBe(true);
    },
  );

  it("says which size is below the stride of the network", async () => {
    await expect(fineTune("test-efficientnet", COLOURED, { ...UNTRAINED, imageSize: 8 })).rejects.toThrow(
      "at least 32 pixels",
    );
  });
});
