const assert = require("node:assert/strict");
const { isEfficientNetError } = require("@efficientnet/errors");
const { roundChannels, V1_ROUNDING } = require("@efficientnet/scaling");
const { countMacs, countParameters, getSpec } = require("@efficientnet/specs");

const spec = getSpec("efficientnet-b0");
assert.equal(countParameters(spec).trainable, 5_288_548);
assert.equal(countMacs(spec).total, 385_814_752);
assert.equal(roundChannels(40, 1.1, V1_ROUNDING), 48);
assert.throws(
  () => getSpec("efficientnet-b9"),
  (error) => isEfficientNetError(error, "unknown-name") && error.message.includes("efficientnet-b"),
);
