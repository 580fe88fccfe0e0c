import type { Colour, Picture } from "@efficientnet/preprocess";
import { autoContrast } from "./auto-contrast.js";
import { checkOperation } from "./check-operation.js";
import { cutout } from "./cutout.js";
import { adjustBrightness, adjustColor, adjustContrast, adjustSharpness } from "./enhance.js";
import { equalize } from "./equalize.js";
import { type OpaquePicture, opaquePicture } from "./opaque-picture.js";
import type {
  GeometryOperation,
  GeometryOperationName,
  Operation,
  PlainOperationName,
  ToneOperation,
  ToneOperationName,
} from "./operation.js";
import { operationMatrix } from "./operation-matrix.js";
import { rotate } from "./rotate.js";
import { invert, posterize, solarize, solarizeAdd } from "./tones.js";
import { type GeometryFilter, transformPicture } from "./transform-picture.js";

type Geometry = (picture: OpaquePicture, amount: number, filter: GeometryFilter, fill: Colour) => OpaquePicture;

const PLAIN: Readonly<Record<PlainOperationName, (picture: OpaquePicture) => OpaquePicture>> = {
  AutoContrast: autoContrast,
  Equalize: equalize,
  Invert: invert,
};

const TONE: Readonly<Record<ToneOperationName, (picture: OpaquePicture, amount: number) => OpaquePicture>> = {
  Posterize: posterize,
  Solarize: solarize,
  SolarizeAdd: solarizeAdd,
  Color: adjustColor,
  Contrast: adjustContrast,
  Brightness: adjustBrightness,
  Sharpness: adjustSharpness,
};

const affine =
  (op: GeometryOperationName): Geometry =>
  (picture, amount, filter, fill) =>
    transformPicture(picture, operationMatrix({ op, amount }, picture), filter, fill);

const GEOMETRY: Readonly<Record<GeometryOperationName, Geometry>> = {
  Rotate: rotate,
  ShearX: affine("ShearX"),
  ShearY: affine("ShearY"),
  TranslateX: affine("TranslateX"),
  TranslateY: affine("TranslateY"),
};

/**
 * A picture after one operation, byte for byte as Pillow computes it; grey stays grey, RGBA loses its alpha.
 * The picture given is never changed, and may be the one returned where the operation does nothing.
 *
 * @throws `bad-image` for a picture that is not whole; `unknown-name` or `invalid-argument` for an operation that is
 * not one.
 */
export function applyOperation(picture: Picture, operation: Operation): Picture {
  const opaque = opaquePicture(picture);
  checkOperation(operation);
  if (operation.op === "Cutout") return cutout(opaque, operation.amount, operation.centre, operation.fill);
  if (isGeometry(operation)) {
    return GEOMETRY[operation.op](opaque, operation.amount, operation.filter, operation.fill);
  }
  return isTone(operation) ? TONE[operation.op](opaque, operation.amount) : PLAIN[operation.op](opaque);
}

const isGeometry = (operation: Operation): operation is GeometryOperation => Object.hasOwn(GEOMETRY, operation.op);
const isTone = (operation: Operation): operation is ToneOperation => Object.hasOwn(TONE, operation.op);
