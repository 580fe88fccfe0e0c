import { initTensor } from "@efficientnet/model";
import { getSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { foreignWeights, type TensorValues, writeSafetensors } from "@efficientnet/weights";

/** What the weights below are called where they are published. */
export const TEST_MODEL = "timm/test_efficientnet.r160_in1k";

type Arrays = readonly (readonly [string, TensorValues])[];

export interface TestWeightsOptions {
  readonly classes?: number;
  readonly seed?: number;
  /** What goes wrong before the file is written. */
  readonly spoil?: (arrays: Arrays) => Arrays;
}

/** A weights file of timm's smallest EfficientNet, with values from a seed. */
export function testWeights({
  classes = 3,
  seed = 1,
  spoil = (arrays) => arrays,
}: TestWeightsOptions = {}): Uint8Array {
  const spec = withClasses(getSpec("test-efficientnet"), classes);
  const shapes = new Map(tensorShapes(spec).map((tensor) => [tensor.name, tensor]));
  const read = (name: string) => {
    const tensor = shapes.get(name);
    return tensor === undefined ? new Float32Array() : initTensor(tensor, seed);
  };
  return writeSafetensors(spoil(foreignWeights("timm", spec, read)));
}
