import assert from "node:assert/strict";
import { isEfficientNetError } from "@efficientnet/errors";
import { roundChannels, V1_ROUNDING } from "@efficientnet/scaling";
import { countMacs, countParameters, getSpec } from "@efficientnet/specs";
import { load } from "efficientnet/node";
import { createWorkerClient, load as loadOnEngine } from "efficientnet/wasm";

const spec = getSpec("efficientnet-b0");
assert.equal(countParameters(spec).trainable, 5_288_548);
assert.equal(countMacs(spec).total, 385_814_752);
assert.equal(roundChannels(40, 1.1, V1_ROUNDING), 48);
assert.throws(
  () => getSpec("efficientnet-b99"),
  (error) => isEfficientNetError(error, "unknown-name") && error.message.includes("efficientnet-b"),
);

async function classify() {
  const network = await load("efficientnetv2-b0", { weights: { seed: 1 }, backend: "wasm" });
  const data = Uint8Array.from({ length: 32 * 24 * 3 }, (_, i) => i % 251);
  const predictions = await network.classify({ data, width: 32, height: 24, channels: 3 }, { topK: 3 });
  network.dispose();
  return predictions;
}

classify().then(([first, second, third]) => {
  // A network that was never trained prefers no class.
  assert.ok(first.probability >= second.probability && second.probability >= third.probability);
  assert.ok(first.probability < 0.01 && third.probability > 0.0001);
});

async function inWorker() {
  const options = { weights: { seed: 1 }, classes: 3, labels: ["a", "b", "c"] };
  const picture = {
    data: Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => i % 251),
    width: 64,
    height: 48,
    channels: 3,
  };
  const client = createWorkerClient();
  const [there, here, onCpu] = await Promise.all([
    client.load("test-efficientnet", options),
    loadOnEngine("test-efficientnet", options),
    load("test-efficientnet", { ...options, backend: "cpu" }),
  ]);
  const logits = await here.logits(picture);
  assert.deepEqual(await there.logits(picture), logits);
  for (const [i, value] of (await onCpu.logits(picture)).entries()) assert.ok(Math.abs(value - logits[i]) < 1e-5);
  client.dispose();
  here.dispose();
  onCpu.dispose();
}

inWorker();
