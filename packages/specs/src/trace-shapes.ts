import { checkCounts } from "./check-counts.js";
import { expandBlocks } from "./expand-blocks.js";
import { convOutputSize, type ImageSize, sidesOf } from "./image-size.js";
import type { ArchitectureSpec, BlockSpec } from "./types.js";

/** One step of the forward pass with the shapes that go in and come out: `[N,H,W,C]`, after pooling `[N,C]`. */
export interface ShapeStep {
  /** `stem`, `stages.2.1`, `head`, `pool` or `classifier`. */
  readonly name: string;
  readonly kind: "stem" | BlockSpec["block"] | "head" | "pool" | "classifier";
  readonly input: readonly number[];
  readonly output: readonly number[];
}

/**
 * The shape of every activation between the parts of a network, for an input of any size.
 *
 * @throws `invalid-argument` when a side or `batch` is not a positive integer.
 */
export function traceShapes(
  spec: ArchitectureSpec,
  imageSize: ImageSize,
  { batch = 1 }: { readonly batch?: number } = {},
): readonly ShapeStep[] {
  checkCounts({ batch });
  const { height, width } = sidesOf(imageSize);
  const { stem, head } = spec;
  const steps: ShapeStep[] = [];
  let input: readonly number[] = [batch, height, width, 3];
  const step = (name: string, kind: ShapeStep["kind"], output: readonly number[]) => {
    steps.push({ name, kind, input, output });
    input = output;
  };
  const conv = (kernelSize: number, stride: number, channels: number) => {
    const [, h = 0, w = 0] = input;
    const side = (size: number) => convOutputSize(size, kernelSize, stride, spec.padding);
    return [batch, side(h), side(w), channels];
  };

  step("stem", "stem", conv(stem.kernelSize, stem.stride, stem.channels));
  for (const block of expandBlocks(spec)) {
    step(block.name, block.kind, conv(block.kernelSize, block.stride, block.outChannels));
  }
  step("head", "head", conv(1, 1, head.channels));
  step("pool", "pool", [batch, head.channels]);
  if (head.classes !== null) step("classifier", "classifier", [batch, head.classes]);
  return steps;
}
