import {
  type ArchitectureSpec,
  type BlockSpec,
  type Cost,
  elementsOf,
  expandBlocks,
  isTrainable,
  measureOperations,
  tensorShapes,
  traceOperations,
  traceShapes,
} from "@efficientnet/specs";

export interface PartOptions {
  /** Side of the input in pixels. */
  readonly imageSize: number;
  readonly batch: number;
  /** A part for each block, not for each stage. */
  readonly blocks: boolean;
}

/** What a part of a network is and costs; the whole network is the part without a shape of its own. */
export interface PartCost extends Cost {
  /** `mbconv6 k3 s2 x3`: kind and expand ratio, kernel size, stride, repeats. */
  readonly layout: string;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly parameters: number;
  readonly buffers: number;
}

export interface MeasuredParts {
  readonly parts: readonly PartCost[];
  readonly total: PartCost;
}

/** Stem, stages or blocks, head and classifier, each with what it costs, and all of them together. */
export function measureParts(spec: ArchitectureSpec, { imageSize, batch, blocks }: PartOptions): MeasuredParts {
  const steps = traceShapes(spec, imageSize, { batch });
  const operations = traceOperations(spec, imageSize);
  const tensors = tensorShapes(spec);

  const measure = (name: string, layout: string, belongs: (name: string) => boolean): PartCost => {
    const own = steps.filter((step) => belongs(step.name));
    const trainable = tensors.filter((tensor) => belongs(tensor.name) && isTrainable(tensor));
    const buffers = tensors.filter((tensor) => belongs(tensor.name) && !isTrainable(tensor));
    return {
      ...measureOperations(
        name,
        operations.filter((operation) => belongs(operation.name)),
        { batch },
      ),
      layout,
      input: own[0]?.input ?? [],
      output: own.at(-1)?.output ?? [],
      parameters: elementsOf(trainable),
      buffers: elementsOf(buffers),
    };
  };

  return {
    parts: layouts(spec, blocks).map(([name, layout]) =>
      measure(name, layout, (other) => other === name || other.startsWith(`${name}.`)),
    ),
    total: measure(spec.name, "", () => true),
  };
}

function layouts(spec: ArchitectureSpec, blocks: boolean): readonly (readonly [name: string, layout: string])[] {
  const { stem, stages, head } = spec;
  return [
    ["stem", `conv k${stem.kernelSize} s${stem.stride}`],
    ...(blocks
      ? expandBlocks(spec).map((block) => [block.name, layoutOf({ ...stages[block.stage], ...block }, 1)] as const)
      : stages.map((stage, i) => [`stages.${i}`, layoutOf(stage, stage.repeats)] as const)),
    ["head", "conv k1 s1"],
    ...(head.classes === null ? [] : [["classifier", "dense"] as const]),
  ];
}

type Layout = Partial<Pick<BlockSpec, "block" | "expandRatio">> & Pick<BlockSpec, "kernelSize" | "stride">;

function layoutOf({ block = "mbconv", expandRatio = 1, kernelSize, stride }: Layout, repeats: number): string {
  const times = repeats === 1 ? "" : ` x${repeats}`;
  return `${block}${expandRatio} k${kernelSize} s${stride}${times}`;
}
