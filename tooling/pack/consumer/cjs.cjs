const assert = require("node:assert/strict");
const { isEfficientNetError } = require("@efficientnet/errors");
const { roundChannels, V1_ROUNDING } = require("@efficientnet/scaling");
const { countMacs, countParameters, getSpec } = require("@efficientnet/specs");
const { load } = require("efficientnet/node");

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
