import type { GeometryOperationName, OperationName, PlainOperationName, ToneOperationName } from "./operation.js";

/** How a magnitude becomes the argument of an operation: `start`, plus or minus `perTen` x magnitude / 10. */
export interface ArgumentScale {
  readonly start: number;
  readonly perTen: number;
  /** `either`: a fair coin decides. */
  readonly sign: "plus" | "minus" | "either";
  /** Cut the product off to a whole number, as Python's `int`. */
  readonly whole?: boolean;
  /** The product is at most this. */
  readonly most?: number;
  /** The argument is at least this. */
  readonly least?: number;
  /** The product is a share of the width (TranslateX) or height (TranslateY). */
  readonly ofSide?: boolean;
}

/** What a step of a policy does: an operation, and the scale of its argument if it takes one. */
export type ArgumentRule =
  | { readonly op: PlainOperationName }
  | { readonly op: ToneOperationName | GeometryOperationName | "Cutout"; readonly scale: ArgumentScale };

/** The rules of a policy by the names its steps use. */
export type ArgumentTable = Readonly<Record<string, ArgumentRule>>;

/**
 * The argument that a magnitude means: `argumentAt(rule.scale, 10)` is the strongest of RandAugment's usual range.
 *
 * @param negative - the side of the coin, where the sign is open
 */
export function argumentAt(scale: ArgumentScale, magnitude: number, negative = false, side = 1): number {
  const product = (magnitude / 10) * scale.perTen;
  const whole = scale.whole === true ? Math.trunc(product) : product;
  const bounded = Math.min(whole, scale.most ?? whole);
  const isSubtracted = scale.sign === "minus" || (scale.sign === "either" && negative);
  const change = scale.ofSide === true ? bounded * side : bounded;
  const argument = isSubtracted ? scale.start - change : scale.start + change;
  return Math.max(argument, scale.least ?? argument);
}

/** The side in pixels to which an operation's share refers. */
export function sideOf(op: OperationName, size: { readonly width: number; readonly height: number }): number {
  return op === "TranslateX" ? size.width : size.height;
}
