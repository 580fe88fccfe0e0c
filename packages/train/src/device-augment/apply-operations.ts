import {
  applyOperation,
  type CutoutOperation,
  type GeometryOperation,
  type Operation,
  operationMatrix,
} from "@efficientnet/augment";
import * as tf from "@tensorflow/tfjs-core";
import { colourImages, contrastImages, sharpnessImages } from "./blend-images.js";
import { boxMask, checkImages } from "./check-images.js";
import { autoContrastImages, equalizeImages, mapLevels } from "./level-images.js";
import { sampleImages } from "./sample-images.js";

/** What is done to images whose operations are of one kind. */
type Change = (images: tf.Tensor4D, operations: readonly Operation[]) => tf.Tensor4D;

const RAMP = {
  data: Uint8Array.from({ length: 256 }, (_, level) => level),
  width: 256,
  height: 1,
  channels: 1,
} as const;

/** Operations that send each level somewhere, whatever the picture: what the CPU makes of a ramp says where. */
const byTable: Change = (images, operations) =>
  mapLevels(
    images,
    operations.map((operation) => Uint8Array.from(applyOperation(RAMP, operation).data)),
  );

const byMap: Change = (images, operations) => {
  const [, height, width] = images.shape;
  const moves = operations as readonly GeometryOperation[];
  const maps = moves.map((move) => ({ matrix: operationMatrix(move, { width, height }), fill: move.fill }));
  return sampleImages(images, maps, moves[0]!.filter);
};

const byFactor =
  (change: (images: tf.Tensor4D, factors: readonly number[]) => tf.Tensor4D): Change =>
  (images, operations) =>
    change(
      images,
      operations.map((operation) => ("amount" in operation ? operation.amount : 1)),
    );

const byCutout: Change = (images, operations) => {
  const cutouts = operations as readonly CutoutOperation[];
  const boxes = cutouts.map(({ centre: [x, y], amount }) => ({
    top: y - amount,
    bottom: y + amount,
    left: x - amount,
    right: x + amount,
  }));
  const fill = tf.tensor4d(
    cutouts.flatMap((cutout) => [...cutout.fill]),
    [cutouts.length, 1, 1, 3],
  );
  return tf.where(tf.cast(boxMask(images.shape, boxes), "bool"), fill, images) as tf.Tensor4D;
};

const CHANGES: Readonly<Record<Operation["op"], Change>> = {
  AutoContrast: autoContrastImages,
  Equalize: equalizeImages,
  Invert: byTable,
  Posterize: byTable,
  Solarize: byTable,
  SolarizeAdd: byTable,
  Brightness: byTable,
  Color: byFactor(colourImages),
  Contrast: byFactor(contrastImages),
  Sharpness: byFactor(sharpnessImages),
  Rotate: byMap,
  ShearX: byMap,
  ShearY: byMap,
  TranslateX: byMap,
  TranslateY: byMap,
  Cutout: byCutout,
};

/** What can be done together has the same change, and where it reads between pixels, the same filter. */
function groupOf(operation: Operation | undefined): string | Change {
  if (operation === undefined) return "unchanged";
  return "filter" in operation ? `moved ${operation.filter}` : CHANGES[operation.op];
}

/**
 * One operation for each image, undefined for none: `applyOperation` of each. Images whose operations are of one kind
 * are changed together.
 *
 * @param images - whole levels from 0 to 255, `[N,H,W,3]`
 * @throws `wrong-shape` unless there is a place for an operation for each image.
 */
export function applyOperations(images: tf.Tensor4D, operations: readonly (Operation | undefined)[]): tf.Tensor4D {
  checkImages(images, operations.length, "operations");
  const groups = new Map<string | Change, number[]>();
  for (const [sample, operation] of operations.entries()) {
    const group = groupOf(operation);
    groups.set(group, [...(groups.get(group) ?? []), sample]);
  }
  return tf.tidy(() => {
    const changed = [...groups.values()].map((members) => {
      const part = members.length === operations.length ? images : gather(images, members);
      const first = operations[members[0]!];
      if (first === undefined) return part;
      return CHANGES[first.op](
        part,
        members.map((sample) => operations[sample]!),
      );
    });
    if (changed.length === 1) return changed[0] === images ? tf.clone(images) : changed[0]!;
    const order = [...groups.values()].flat();
    return gather(
      tf.concat(changed, 0),
      operations.map((_, sample) => order.indexOf(sample)),
    );
  });
}

const gather = (images: tf.Tensor4D, samples: readonly number[]): tf.Tensor4D =>
  tf.gather(images, tf.tensor1d([...samples], "int32"));
