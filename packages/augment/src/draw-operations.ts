import { EfficientNetError, unknownName } from "@efficientnet/errors";
import type { Size } from "@efficientnet/preprocess";
import type { Random } from "@efficientnet/random";
import { drawBetween, drawChance, drawIndex, drawNormal, drawOne } from "@efficientnet/random";
import { argumentAt, sideOf } from "./argument-rule.js";
import type { Operation } from "./operation.js";
import type { AugmentPolicy, PolicyStep } from "./policy.js";

/**
 * What a policy would do to a picture of this size: the operations in order, as data to log, keep or apply.
 *
 * @throws `unknown-name` for a step that `policy.arguments` does not have; `invalid-argument` for a policy that draws
 * from nothing.
 */
export function drawOperations(size: Size, policy: AugmentPolicy, random: Random): readonly Operation[] {
  if (policy.choices.length === 0 || policy.filters.length === 0) {
    throw new EfficientNetError("invalid-argument", "the policy has nothing to draw from", {
      expected: "at least one choice and one filter",
      received: `${policy.choices.length} choices, ${policy.filters.length} filters`,
    });
  }
  return Array.from({ length: policy.draws }, () => drawOne(random, policy.choices))
    .flat()
    .filter(({ probability }) => drawChance(random, probability))
    .map((step) => drawOperation(size, policy, step, random));
}

function drawOperation(size: Size, policy: AugmentPolicy, step: PolicyStep, random: Random): Operation {
  const rule = Object.hasOwn(policy.arguments, step.name) ? policy.arguments[step.name] : undefined;
  if (rule === undefined) throw unknownName("augmentation", step.name, Object.keys(policy.arguments));
  if (!("scale" in rule)) return rule;
  const { op, scale } = rule;
  const negative = scale.sign === "either" && drawChance(random, 0.5);
  const amount = argumentAt(scale, drawMagnitude(policy, step, random), negative, sideOf(op, size));
  switch (op) {
    case "Cutout": {
      const centre = [drawIndex(random, size.width), drawIndex(random, size.height)] as const;
      return { op, amount, centre, fill: policy.fill };
    }
    case "Rotate":
    case "ShearX":
    case "ShearY":
    case "TranslateX":
    case "TranslateY":
      return { op, amount, filter: drawOne(random, policy.filters), fill: policy.fill };
    default:
      return { op, amount };
  }
}

function drawMagnitude({ noise, maxMagnitude }: AugmentPolicy, { magnitude }: PolicyStep, random: Random): number {
  const drawn =
    noise === "none"
      ? magnitude
      : noise === "uniform"
        ? drawBetween(random, 0, magnitude)
        : magnitude + noise.std * drawNormal(random);
  return maxMagnitude === null ? drawn : Math.min(Math.max(drawn, 0), maxMagnitude);
}
