import { type ArchitectureSpec, type Block, type BlockSpec, expandBlocks, traceShapes } from "@efficientnet/specs";

/** A part of a network that is timed alone. The tail is the head convolution, the pooling and the classifier. */
export interface Piece {
  /** What its time depends on, in words: `mbconv k3 s1 48>192>48 se12 residual silu same @14x14`. */
  readonly geometry: string;
  readonly name: "stem" | "stages.0.0" | "tail";
  /** A network that has this piece and next to nothing else. A block or tail takes what a stem of its width puts out. */
  readonly spec: ArchitectureSpec;
  /** Height, width and channels that arrive. */
  readonly input: readonly [height: number, width: number, channels: number];
}

/** The pieces that a network is made of, in forward order; equal geometries are equal pieces. */
export function piecesOf(spec: ArchitectureSpec, imageSize: number): readonly Piece[] {
  const blocks = new Map(expandBlocks(spec).map((block) => [block.name, block]));
  const { stem, head, activation, padding } = spec;
  return traceShapes(spec, imageSize).flatMap(({ name, kind, input }): readonly Piece[] => {
    const [, height = 1, width = 1, channels = 1] = input;
    const piece = (described: string, as: Piece["name"], stages: readonly BlockSpec[]): readonly Piece[] => {
      const own = { ...spec, stages, ...(as !== "stem" && { stem: { channels, kernelSize: 1, stride: 1 } }) };
      return [{ geometry: `${described} @${height}x${width}`, name: as, spec: own, input: [height, width, channels] }];
    };
    const block = blocks.get(name);
    const stage = spec.stages[block?.stage ?? -1];
    if (block !== undefined && stage !== undefined) {
      return piece(describeBlock(block), "stages.0.0", [alone(stage, block)]);
    }
    const ends = `${activation} ${padding}`;
    if (kind === "stem")
      return piece(`stem k${stem.kernelSize} s${stem.stride} 3>${stem.channels} ${ends}`, "stem", []);
    const classes = head.classes === null ? "" : `>${head.classes}`;
    return kind === "head" ? piece(`tail ${channels}>${head.channels}${classes} ${ends}`, "tail", []) : [];
  });
}

/** A stage of one block that is like a given block of a stage. */
function alone(stage: BlockSpec, { name, stride }: Block): BlockSpec {
  return { ...stage, repeats: 1, stride, inChannels: name.endsWith(".0") ? stage.inChannels : stage.outChannels };
}

function describeBlock(block: Block): string {
  const widens = block.expands && (block.kind === "mbconv" || block.projects);
  const widths = [block.inChannels, ...(widens ? [block.expandedChannels] : []), block.outChannels];
  return [
    block.kind,
    `k${block.kernelSize}`,
    `s${block.stride}`,
    widths.join(">"),
    ...(block.squeezeChannels > 0 ? [`se${block.squeezeChannels}`] : []),
    ...(block.experts > 0 ? [`experts${block.experts}`] : []),
    ...(block.residual ? ["residual"] : []),
    block.activation,
    block.padding,
  ].join(" ");
}

/** The first piece of each geometry. */
export function distinctPieces(pieces: Iterable<Piece>): readonly Piece[] {
  const found = new Map<string, Piece>();
  for (const piece of pieces) if (!found.has(piece.geometry)) found.set(piece.geometry, piece);
  return [...found.values()];
}
