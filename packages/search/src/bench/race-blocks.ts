import type { ArchitectureSpec } from "@efficientnet/specs";
import type { Device } from "../measure/device.js";
import type { Drift } from "../measure/drift.js";
import type { Spread } from "../measure/spread.js";
import type { TurnsOptions } from "../measure/time-in-turns.js";
import { timeTasks } from "../measure/time-networks.js";
import { type BlockForm, type BlockPair, type BlockPairsOptions, blockPairs, piecesOfPairs } from "./block-pairs.js";

/** A form of a block, what it costs and how long it takes. */
export interface TimedForm {
  readonly geometry: string;
  readonly milliseconds: Spread;
  readonly macs: number;
  readonly parameters: number;
  readonly bytesMoved: number;
  /** Arithmetic intensity: two operations per multiply-add, over the bytes moved. */
  readonly flopsPerByte: number;
  /** 10^9 multiply-adds a second. */
  readonly gigamacsPerSecond: number;
}

/** A geometry in both forms. */
export interface BlockRace extends Pick<BlockPair, "stage" | "position" | "released"> {
  readonly mbconv: TimedForm;
  readonly fused: TimedForm;
  /** The time of Fused-MBConv over that of MBConv: below 1, Fused pays. */
  readonly fusedOverMBConv: number;
}

/** Where Fused-MBConv pays on a device, and where it stops. */
export interface BlockRaces {
  readonly network: string;
  readonly imageSize: number;
  readonly batch: number;
  readonly device: Pick<Device, "name" | "description">;
  readonly races: readonly BlockRace[];
  readonly drift: Drift;
}

/**
 * MBConv against Fused-MBConv at every block geometry of a network, all of them in turns, beside multiply-adds, traffic
 * and arithmetic intensity.
 *
 * @throws as `timeInTurns` and the device do.
 *
 * Source: EfficientNetV2 paper, section 3.2 and table 3.
 */
export async function raceBlocks(
  device: Device,
  spec: ArchitectureSpec,
  { imageSize = spec.resolution.eval, batch = 1, seRatio, ...turns }: BlockPairsOptions & TurnsOptions = {},
): Promise<BlockRaces> {
  const pairs = blockPairs(spec, { imageSize, batch, seRatio });
  const pieces = piecesOfPairs(pairs);
  const { spreads, drift } = await timeTasks(
    device,
    pieces.map((piece) => () => device.openPiece(piece, batch)),
    turns,
  );
  const times = new Map(pieces.map(({ geometry }, i) => [geometry, spreads[i] as Spread]));
  const timed = ({ piece: { geometry }, cost }: BlockForm): TimedForm => {
    const milliseconds = times.get(geometry) as Spread;
    const { macs, parameters, bytesMoved, flopsPerByte } = cost;
    const gigamacsPerSecond = macs / milliseconds.median / 1e6;
    return { geometry, milliseconds, macs, parameters, bytesMoved, flopsPerByte, gigamacsPerSecond };
  };
  const races = pairs.map(({ stage, position, released, ...forms }): BlockRace => {
    const [mbconv, fused] = [timed(forms.mbconv), timed(forms.fused)];
    const fusedOverMBConv = fused.milliseconds.median / mbconv.milliseconds.median;
    return { stage, position, released, mbconv, fused, fusedOverMBConv };
  });
  const { name, description } = device;
  return { network: spec.name, imageSize, batch, device: { name, description }, races, drift };
}
