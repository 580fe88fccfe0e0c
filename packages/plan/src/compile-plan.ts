import { EfficientNetError, formatShape } from "@efficientnet/errors";
import { type ArchitectureSpec, expandBlocks, type ImageSize, traceShapes } from "@efficientnet/specs";
import type { Normalisation, ReadTensor } from "./fold-norm.js";
import { networkSteps } from "./network-steps.js";
import { resolveOutputs } from "./output-names.js";
import type { BufferId, Plan } from "./plan.js";
import { planBuilder } from "./plan-builder.js";

export interface CompilePlanOptions {
  /** Sides of the input in pixels; by default the network's own evaluation resolution. */
  readonly imageSize?: ImageSize | undefined;
  /** Examples that the arena has room for, 1 by default. */
  readonly batch?: number | undefined;
  /**
   * What to hand out: `logits`, `embedding`, `head`, `stem`, a block such as `stages.2.1`, or a stage such as `stages.2`.
   * By default the logits, where there is a classifier, and the embedding. Nothing after the last of them is compiled.
   */
  readonly outputs?: readonly string[] | undefined;
  /**
   * Where given, the input is pixels 0 to 255 and the plan does `(pixel / 255 - mean) / std` inside its first convolution,
   * also at the border.
   */
  readonly normalisation?: Normalisation | undefined;
}

/**
 * Compiles a network for one input size: batch norms folded in float64, bias, activation, residual, squeeze-and-excitation
 * and optionally the input's normalisation fused into the convolutions, every map at a place in one arena.
 *
 * @param read Gives a tensor of `tensorShapes(spec)` by name, in canonical layout. Kernels are read when the plan's
 * constants are asked for their values, the small rest now.
 * @throws `unsupported` for CondConv, whose kernels differ from example to example, and for a gate without projection; `invalid-argument` for an impossible
 * size or batch; `unknown-name` for an output that the network does not have; `wrong-shape` for a tensor of another
 * size, kernels when they are read.
 */
export function compilePlan(spec: ArchitectureSpec, read: ReadTensor, options: CompilePlanOptions = {}): Plan {
  const { imageSize = spec.resolution.eval, batch = 1, normalisation } = options;
  const outputs = options.outputs ?? (spec.head.classes === null ? ["embedding"] : ["logits", "embedding"]);
  checkSupported(spec);
  const { height, width } = checkSizes(spec, imageSize, batch);
  const wanted = resolveOutputs(spec, outputs);
  const builder = planBuilder();
  const steps = networkSteps(spec, read, builder);
  const missing = new Set(wanted.values());
  const made = new Map<string, BufferId>();
  let map = builder.addBuffer("input", { height, width, channels: 3 });
  for (const { name, append } of networkParts(spec, steps, normalisation)) {
    if (missing.size === 0) break;
    map = append(map);
    made.set(name, map);
    missing.delete(name);
  }
  const handedOut = [...wanted].map(([name, part]) => {
    const buffer = made.get(part) as BufferId;
    const { height, width, channels } = builder.shapeOf(buffer);
    const flat = part === "embedding" || part === "logits";
    return { name, buffer, shape: flat ? [batch, channels] : [batch, height, width, channels] };
  });
  return builder.finish(spec.name, batch, handedOut);
}

interface PlanPart {
  readonly name: string;
  readonly append: (input: BufferId) => BufferId;
}

function networkParts(
  spec: ArchitectureSpec,
  steps: ReturnType<typeof networkSteps>,
  normalisation: Normalisation | undefined,
): readonly PlanPart[] {
  const { stem, head, activation } = spec;
  const { kernelSize, stride } = stem;
  const first = { kernelSize, stride, outChannels: stem.channels, activation, normalisation: normalisation ?? null };
  const last = { kernelSize: 1, stride: 1, outChannels: head.channels, activation };
  const { classes } = head;
  return [
    { name: "stem", append: (input) => steps.conv("stem", input, first) },
    ...expandBlocks(spec).map((block) => ({ name: block.name, append: (x: BufferId) => steps.block(block, x) })),
    { name: "head", append: (input) => steps.conv("head", input, last) },
    { name: "embedding", append: (input) => steps.pool("embedding", input) },
    ...(classes === null ? [] : [{ name: "logits", append: (x: BufferId) => steps.classifier(x, classes) }]),
  ];
}

function checkSupported(spec: ArchitectureSpec): void {
  for (const { name, experts, projects, squeezeChannels } of expandBlocks(spec)) {
    if (experts > 0) {
      throw new EfficientNetError("unsupported", `${spec.name} mixes its kernels per example (CondConv)`, {
        expected: "kernels that are the same for every example",
        received: `${experts} experts in ${name}`,
        hint: "run it with @efficientnet/model",
      });
    }
    if (!projects && squeezeChannels > 0) {
      throw new EfficientNetError(
        "unsupported",
        `${name} of ${spec.name} has a gate and no projection to apply it in`,
        {
          hint: "give the stage a projection, or seRatio 0",
        },
      );
    }
  }
}

function checkSizes(spec: ArchitectureSpec, imageSize: ImageSize, batch: number) {
  const shapes = traceShapes(spec, imageSize, { batch });
  const [, height = 0, width = 0] = shapes[0]?.input ?? [];
  const vanished = shapes.find(({ output }) => output.some((side) => side < 1));
  if (vanished !== undefined) {
    throw new EfficientNetError("invalid-argument", `an input of ${height}x${width} is too small for ${spec.name}`, {
      received: `${vanished.name} would be ${formatShape(vanished.output)}`,
    });
  }
  return { height, width };
}
