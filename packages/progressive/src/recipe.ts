import type { Ramp } from "./ramp.js";
import type { SizeRounding } from "./round-size.js";

/** What a value is in the first stage and in the last; `from` may be the larger. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What positions in a schedule count. */
export type Unit = "epochs" | "steps";

/**
 * Examples in a batch: the same in every stage, or `atLargest` for the largest images and, for smaller ones, as many as
 * the same pixels hold, in whole `multipleOf`s.
 */
export type BatchSize = number | { readonly atLargest: number; readonly multipleOf: number };

/**
 * Peak learning rate: the same in every stage, or `value` for every `per` examples of the batch (the linear rule; 0.016
 * per 256 in the released EfficientNet code).
 */
export type LearningRate = number | { readonly value: number; readonly per: number };

/**
 * Regularisers that have a name of their own here, and bounds. Rates are probabilities of dropping, in [0, 1); the others
 * are not negative.
 */
export type KnownRegulariser = "dropoutRate" | "dropPathRate" | "randAugmentMagnitude" | "mixupAlpha" | "cutmixAlpha";

/** Everything a progressive schedule follows from, as plain data that JSON can carry. */
export interface Recipe<Name extends string = string> {
  readonly name: string;
  readonly stages: number;
  readonly ramp: Ramp;
  /** A total that is shared out evenly, or one length per stage. */
  readonly duration: { readonly unit: Unit; readonly length: number | readonly number[] };
  /** Side in pixels. Without rounding (null) sizes between the ends may be fractions. */
  readonly imageSize: Span & { readonly rounding: SizeRounding | null };
  /** Any names: the known ones, and your own. */
  readonly regularisers: Readonly<Record<Name, Span>>;
  readonly batchSize: BatchSize;
  readonly learningRate: LearningRate;
}

/** One stage of training: everything that changes when the next one starts. */
export interface Stage<Name extends string = string> {
  readonly index: number;
  readonly unit: Unit;
  /** First position of the stage, in its unit, from the start of training. */
  readonly start: number;
  /** First position after the stage. */
  readonly end: number;
  /** Side in pixels. */
  readonly imageSize: number;
  readonly batchSize: number;
  /** Peak learning rate: what a schedule over the whole of training multiplies. */
  readonly learningRate: number;
  readonly regularisers: Readonly<Record<Name, number>>;
}

/** Stages in order, each starting where the one before ends. */
export type Schedule<Name extends string = string> = readonly Stage<Name>[];
