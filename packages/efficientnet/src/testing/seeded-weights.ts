import { initTensor } from "@efficientnet/model";
import { type ArchitectureSpec, tensorShapes } from "@efficientnet/specs";
import { type Family, foreignWeights, writeSafetensors } from "@efficientnet/weights";

/** A checkpoint of an untrained network, under a family's names, as that family's users have it. */
export function seededWeights(spec: ArchitectureSpec, family: Family, seed = 1): Uint8Array {
  const shapes = new Map(tensorShapes(spec).map((tensor) => [tensor.name, tensor]));
  const read = (name: string) => {
    const tensor = shapes.get(name);
    if (tensor === undefined) throw new Error(`no tensor ${name}`);
    return initTensor(tensor, seed);
  };
  return writeSafetensors(foreignWeights(family, spec, read));
}

/** A picture of one colour with a diagonal, so that no two of them look alike. */
export function drawnPicture(red: number, green: number, blue: number, side = 64) {
  const data = new Uint8ClampedArray(side * side * 3);
  for (let i = 0; i < side * side; i++) {
    const onDiagonal = Math.floor(i / side) === i % side;
    data.set(onDiagonal ? [255, 255, 255] : [red, green, blue], i * 3);
  }
  return { data, width: side, height: side, channels: 3 } as const;
}
