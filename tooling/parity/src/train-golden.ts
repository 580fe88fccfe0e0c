import type { Summary } from "./net-golden.js";

/** Shapes and summaries by the names that timm gives to tensors. */
type Shapes = Readonly<Record<string, readonly number[]>>;
type Summaries = Readonly<Record<string, Summary>>;

/** One block in training mode, for the loss `sum(y * dy)`. */
export interface BlockGolden {
  readonly inChannels: number;
  readonly input: readonly [number, number, number, number];
  /** By the names inside a timm block. */
  readonly tensors: Shapes;
  readonly train: {
    readonly output: Summary;
    readonly inputGradient: Summary;
    readonly parameterGradients: Summaries;
    /** The first values of each. */
    readonly runningStatistics: Readonly<Record<string, readonly number[]>>;
  };
  readonly evalOutputAfterOneTrainingStepOfStatistics: Summary;
}

/** A file of blocks; a name ends in its padding, `.same` or `.symmetric`, and says where a branch is added. */
export interface BlocksGolden {
  readonly batchNorm: { readonly epsilon: number; readonly momentumTorch: number };
  readonly blocks: Readonly<Record<string, BlockGolden>>;
}

/** Some steps of a whole network with RMSProp in TensorFlow's form. */
export interface StepsGolden {
  /** Library and network, then free text: `timm test_efficientnet, 10 classes`. */
  readonly arch: string;
  readonly batchNormScale: Readonly<Record<string, number>>;
  readonly input: readonly [number, number, number, number];
  readonly labels: readonly number[];
  readonly loss: string;
  readonly optimizer: {
    readonly learningRate: number;
    readonly decay: number;
    readonly momentum: number;
    readonly epsilon: number;
    /** Begins with the rate. */
    readonly l2: string;
  };
  readonly ema: { readonly decay: number };
  readonly tensors: Shapes;
  readonly lossPerStep: readonly number[];
  readonly gradientsOfStep0: Summaries;
  readonly parametersAfter: Summaries;
  readonly emaAfter: Summaries;
  /** Of the first samples. */
  readonly evalLogitsAfter: readonly (readonly number[])[];
}

/** The worst difference of some tensors, and the tensor where it stands. */
export interface TensorReport {
  readonly name: string;
  readonly worst: number;
  readonly where: string;
}
