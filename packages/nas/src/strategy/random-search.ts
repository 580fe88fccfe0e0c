import type { Strategy } from "./strategy.js";

/** Networks drawn from the space, each as likely as any other, none twice. */
export interface RandomState {
  readonly name: "random";
}

/** Source: the first version of the EfficientNetV2 paper, section 3.3, searches at random. */
export const randomSearch: Strategy<RandomState> = {
  propose: (_space, _state, _random, fresh) => ({ genotype: fresh() }),
  learn: (state) => state,
};
