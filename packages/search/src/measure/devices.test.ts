import { prepareBackend } from "@efficientnet/backends";
import { getSpec, withClasses } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { piecesOf } from "../table/piece.js";
import { engineDevice } from "./engine-device.js";
import { tfjsDevice } from "./tfjs-device.js";
import { timingWeights } from "./timing-weights.js";

const spec = withClasses(getSpec("test-efficientnet"), 10);

describe.each(["tfjs", "engine"] as const)("the device %s", (name) => {
  const open = async () => (name === "engine" ? engineDevice() : tfjsDevice(await prepareBackend("wasm")));

  it("runs a network and each of its pieces, and gives everything back", async () => {
    const device = await open();
    const before = tf.memory().numTensors;
    const network = await device.openNetwork(spec, { imageSize: 32, batch: 2 });
    await network.run(2);
    network.dispose();
    for (const piece of piecesOf(spec, 32)) {
      const task = await device.openPiece(piece, 2);
      await task.run(2);
      expect(task.name).toBe(piece.geometry);
      task.dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it("runs a network without classifier", async () => {
    const headless = withClasses(spec, null);
    const device = await open();
    const tail = piecesOf(headless, 32).at(-1);
    const tasks = [
      await device.openNetwork(headless, { imageSize: 32, batch: 1 }),
      await device.openPiece(tail as NonNullable<typeof tail>, 1),
    ];
    for (const task of tasks) {
      await task.run(1);
      task.dispose();
    }
  });
});

describe("timingWeights", () => {
  it("have the variance that keeps maps in scale, and neutral norms", () => {
    const values = timingWeights({ name: "k", shape: [3, 3, 64, 32], role: "conv-kernel" });
    const power = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(power * 9 * 64).toBeCloseTo(2, 1);
    expect([...timingWeights({ name: "g", shape: [2], role: "gamma" })]).toEqual([1, 1]);
    expect([...timingWeights({ name: "b", shape: [2], role: "beta" })]).toEqual([0, 0]);
  });
});
