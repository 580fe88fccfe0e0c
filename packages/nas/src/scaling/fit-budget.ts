import { EfficientNetError } from "@efficientnet/errors";
import { compoundScale, type ScalingBases } from "@efficientnet/scaling";
import { type ArchitectureSpec, countMacs, countParameters, scaleSpec } from "@efficientnet/specs";
import { checkNumbers } from "../check-numbers.js";

/** What a network may cost: one of three. */
export type Budget =
  | { readonly macs: number }
  | { readonly parameters: number }
  /** In the unit that `predict` answers in, which must not fall as networks grow. */
  | { readonly latency: number; readonly predict: (spec: ArchitectureSpec) => number };

/** How networks grow towards a budget. */
export interface FitBudgetOptions extends ScalingBases {
  /** The least and the most phi; -4 to 8 unless given: about a sixteenth to 256 times the multiply-adds. */
  readonly phi?: readonly [least: number, most: number];
  /** Resolutions are multiples of this; 4 unless given, as all released ones are. */
  readonly resolutionStep?: number;
  /** The network at a phi, by a rule of your own; width, depth and resolution together unless given. */
  readonly scale?: (base: ArchitectureSpec, phi: number) => ArchitectureSpec;
}

/** The largest network within a budget. */
export interface BudgetFit {
  readonly spec: ArchitectureSpec;
  readonly phi: number;
  readonly depthCoefficient: number;
  readonly widthCoefficient: number;
  readonly resolution: number;
  /** What it costs, in the budget's unit. */
  readonly cost: number;
}

/** Steps of phi: rounding of channels makes finer ones the same network. */
const STEP = 0.01;

/**
 * The network that compound scaling of `base` reaches within a budget: the largest phi, in steps of 0.01, whose network
 * costs no more. The coefficients are `alpha^phi` and `beta^phi`, also where a `scale` of your own makes more of them.
 *
 * @throws `invalid-argument` for a budget that is not a positive number, or a predictor that does not answer one;
 * `unsupported` for a budget that no phi reaches or that every phi stays below, with the costs that can be reached.
 *
 * Source: EfficientNet paper, section 3.3, equations 2 and 3.
 */
export function fitBudget(base: ArchitectureSpec, budget: Budget, options: FitBudgetOptions = {}): BudgetFit {
  const { phi: [least, most] = [-4, 8], scale = (spec, phi) => scaleByPhi(spec, phi, options) } = options;
  const [name, limit, costOf] = readBudget(budget);
  checkNumbers({ [name]: limit, "range of phi": most - least });
  const steps = Math.floor((most - least) / STEP + 1e-9);
  const at = (step: number) => {
    const phi = Number((least + step * STEP).toFixed(2));
    const spec = scale(base, phi);
    const cost = costOf(spec);
    checkNumbers({ [`${name} of ${spec.name} at phi ${phi}`]: cost });
    return { phi, spec, cost };
  };
  const [smallest, largest] = [at(0), at(steps)];
  if (limit < smallest.cost || limit > largest.cost) {
    throw new EfficientNetError("unsupported", `no scaling of ${base.name} uses a budget of ${limit} ${name}`, {
      expected: `from ${smallest.cost} to ${largest.cost}, for phi from ${least} to ${most}`,
      hint: "take another base or a wider range of phi",
    });
  }
  // The cost at `low` is within the budget, and above `high` it is not.
  let [low, high] = [0, steps];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (at(middle).cost <= limit) low = middle;
    else high = middle - 1;
  }
  const { phi, spec, cost } = at(low);
  const { depthCoefficient, widthCoefficient } = compoundScale({ ...options, phi });
  return { spec, phi, depthCoefficient, widthCoefficient, resolution: spec.resolution.eval, cost };
}

/** The base at a phi: coefficients of the rule, resolution in steps, rounding as the base rounds. */
export function scaleByPhi(
  base: ArchitectureSpec,
  phi: number,
  options: ScalingBases & { readonly resolutionStep?: number } = {},
): ArchitectureSpec {
  const { resolutionStep = 4 } = options;
  const { depthCoefficient, widthCoefficient, resolutionCoefficient } = compoundScale({ ...options, phi });
  const sized = (side: number) =>
    Math.max(1, Math.round((side * resolutionCoefficient) / resolutionStep)) * resolutionStep;
  return scaleSpec(base, {
    name: `${base.name}-phi${phi}`,
    depthCoefficient,
    widthCoefficient,
    resolution: { train: sized(base.resolution.train), eval: sized(base.resolution.eval) },
  });
}

function readBudget(budget: Budget): readonly [string, number, (spec: ArchitectureSpec) => number] {
  if ("macs" in budget) return ["macs", budget.macs, (spec) => countMacs(spec).total];
  if ("parameters" in budget) return ["parameters", budget.parameters, (spec) => countParameters(spec).trainable];
  return ["latency", budget.latency, budget.predict];
}
