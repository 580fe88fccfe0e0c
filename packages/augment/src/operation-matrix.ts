import type { Size } from "@efficientnet/preprocess";
import {
  type AffineMatrix,
  reduceDegrees,
  rotateMatrix,
  shearXMatrix,
  shearYMatrix,
  translateXMatrix,
  translateYMatrix,
} from "./affine-matrix.js";
import type { GeometryOperation, GeometryOperationName } from "./operation.js";

const MATRICES: Readonly<Record<GeometryOperationName, (amount: number, size: Size) => AffineMatrix>> = {
  Rotate: (degrees, size) => rotateMatrix(reduceDegrees(degrees), size),
  ShearX: shearXMatrix,
  ShearY: shearYMatrix,
  TranslateX: translateXMatrix,
  TranslateY: translateYMatrix,
};

/** Where an operation that moves pixels takes each of them from, in a picture of this size. */
export function operationMatrix({ op, amount }: Pick<GeometryOperation, "op" | "amount">, size: Size): AffineMatrix {
  return MATRICES[op](amount, size);
}
