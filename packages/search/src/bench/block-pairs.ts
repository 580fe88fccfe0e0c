import { type ArchitectureSpec, type BlockCost, type BlockSpec, measureBlocks } from "@efficientnet/specs";
import { distinctPieces, type Piece, piecesOf } from "../table/piece.js";

/** A block of a network in one of its two forms. */
export interface BlockForm {
  readonly piece: Piece;
  readonly cost: BlockCost;
}

/** A geometry of a network's stages, as MBConv and as Fused-MBConv. */
export interface BlockPair {
  readonly stage: number;
  /** The first block of a stage may have a stride and another width; the others are alike. */
  readonly position: "first" | "rest";
  /** What the network itself has there. */
  readonly released: BlockSpec["block"];
  readonly mbconv: BlockForm;
  readonly fused: BlockForm;
}

/** At which size, how many at once, and with which squeeze. */
export interface BlockPairsOptions {
  readonly imageSize?: number | undefined;
  readonly batch?: number | undefined;
  /** Squeeze-and-excitation of the MBConv form: 0.25 unless given, as released; 0 leaves it out. */
  readonly seRatio?: number | undefined;
}

/**
 * Every block geometry of a network in both forms, each with what it costs: the same kernel, stride, widths and
 * expansion; squeeze-and-excitation in MBConv alone, as in the released networks.
 */
export function blockPairs(
  spec: ArchitectureSpec,
  { imageSize = spec.resolution.eval, batch = 1, seRatio = 0.25 }: BlockPairsOptions = {},
): readonly BlockPair[] {
  const forms = {
    mbconv: formsOf(
      as(spec, (stage) => toMBConv(stage, seRatio)),
      imageSize,
      batch,
    ),
    fused: formsOf(as(spec, toFused), imageSize, batch),
  };
  return spec.stages.flatMap((stage, index) =>
    (stage.repeats > 1 ? (["first", "rest"] as const) : (["first"] as const)).flatMap((position, repeat) => {
      const [mbconv, fused] = [forms.mbconv, forms.fused].map((all) => all.get(`stages.${index}.${repeat}`));
      const alike = repeat === 1 && mbconv?.piece.geometry === forms.mbconv.get(`stages.${index}.0`)?.piece.geometry;
      if (mbconv === undefined || fused === undefined || alike) return [];
      return [{ stage: index, position, released: stage.block, mbconv, fused }];
    }),
  );
}

/** The pieces of some pairs, each geometry once. */
export function piecesOfPairs(pairs: readonly BlockPair[]): readonly Piece[] {
  return distinctPieces(pairs.flatMap(({ mbconv, fused }) => [mbconv.piece, fused.piece]));
}

type Change = (stage: BlockSpec) => BlockSpec;

const as = (spec: ArchitectureSpec, change: Change): ArchitectureSpec => ({ ...spec, stages: spec.stages.map(change) });

function toMBConv(stage: BlockSpec, seRatio: number): BlockSpec {
  const { kernelSize, stride, expandRatio, inChannels, outChannels, repeats, skip } = stage;
  const shared = { kernelSize, stride, expandRatio, inChannels, outChannels, repeats, skip, seRatio };
  return { ...shared, block: "mbconv", ...(stage.activation && { activation: stage.activation }) };
}

function toFused(stage: BlockSpec): BlockSpec {
  return { ...toMBConv(stage, 0), block: "fused-mbconv", projection: stage.expandRatio !== 1 };
}

function formsOf(spec: ArchitectureSpec, imageSize: number, batch: number): ReadonlyMap<string, BlockForm> {
  const [, ...pieces] = piecesOf(spec, imageSize);
  return new Map(
    measureBlocks(spec, { imageSize, batch }).flatMap((cost, block) => {
      const piece = pieces[block];
      return piece === undefined ? [] : [[cost.name, { piece, cost }] as const];
    }),
  );
}
