import * as tf from "@tensorflow/tfjs-core";
import type { OptimiserSpec, WeightDecay } from "./optimiser-spec.js";
import { updateRule } from "./update-rules.js";

/** Tensors by name: canonical names of a network, or `<slot>/<canonical name>` for what an optimiser remembers. */
export type TensorMap = ReadonlyMap<string, tf.Tensor>;

/** Everything that one step of an optimiser needs. */
export interface UpdateRequest {
  readonly params: TensorMap;
  /** One for each tensor that is trained; the others stay as they are. */
  readonly gradients: TensorMap;
  readonly slots: TensorMap;
  readonly learningRate: number;
  /** Steps done before this one. */
  readonly step: number;
}

/** An optimiser as two pure functions over tensors by name. */
export interface Optimiser {
  /** What it remembers of these tensors before the first step. The caller owns the tensors. */
  init(params: TensorMap): TensorMap;
  /**
   * The tensors after a step and what is remembered then, for those that have a gradient. All are new; the caller
   * owns them, and disposes the old ones.
   */
  update(request: UpdateRequest): { readonly params: TensorMap; readonly slots: TensorMap };
}

/**
 * The optimiser of a spec.
 *
 * @param decays - whether a tensor's weight decays; see `decayedNames`
 */
export function createOptimiser(
  spec: OptimiserSpec,
  { form, rate }: WeightDecay = { form: "l2", rate: 0 },
  decays: (name: string) => boolean = () => true,
): Optimiser {
  const rule = updateRule(spec);
  const slotNames = Object.keys(rule.slots);
  return {
    init: (params) => {
      const slots = new Map<string, tf.Tensor>();
      for (const [name, { shape }] of params) {
        for (const slot of slotNames) slots.set(`${slot}/${name}`, tf.fill(shape, rule.slots[slot]!));
      }
      return slots;
    },
    update: ({ params, gradients, slots, learningRate, step }) => {
      const updated = { params: new Map<string, tf.Tensor>(), slots: new Map<string, tf.Tensor>() };
      for (const [name, gradient] of gradients) {
        const value = params.get(name)!;
        const decay = rate > 0 && decays(name);
        const after = tf.tidy(() =>
          flat(
            rule.update({
              value: decay && form === "decoupled" ? tf.mul(value, 1 - learningRate * rate) : value,
              gradient,
              l2: decay && form === "l2" ? rate : 0,
              slots: Object.fromEntries(slotNames.map((slot) => [slot, slots.get(`${slot}/${name}`)!])),
              learningRate,
              step,
            }),
          ),
        );
        updated.params.set(name, after.value!);
        for (const slot of slotNames) updated.slots.set(`${slot}/${name}`, after[`slot ${slot}`]!);
      }
      return updated;
    },
  };
}

/** `tf.tidy` keeps the tensors of a flat record. */
function flat({ value, slots }: ReturnType<ReturnType<typeof updateRule>["update"]>): Record<string, tf.Tensor> {
  return { value, ...Object.fromEntries(Object.entries(slots).map(([slot, tensor]) => [`slot ${slot}`, tensor])) };
}
