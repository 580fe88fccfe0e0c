import { EfficientNetError } from "@efficientnet/errors";
import type { ArchitectureSpec } from "@efficientnet/specs";
import type { Device } from "../measure/device.js";
import type { Drift } from "../measure/drift.js";
import type { TurnsOptions } from "../measure/time-in-turns.js";
import { type SizedNetwork, timeTasks } from "../measure/time-networks.js";
import { type PredictionError, predictionError } from "./check-prediction.js";
import { distinctPieces, type Piece, piecesOf } from "./piece.js";

/** Where and with what times were taken. */
export interface Origin {
  /** `tfjs wasm`, `engine`. */
  readonly device: string;
  readonly description: string;
  /** Processor, system and what runs JavaScript, as the caller describes them. */
  readonly machine: string;
  /** Versions of what computes, by package. */
  readonly versions: Readonly<Record<string, string>>;
}

/** How long each piece of many networks takes on one device; plain JSON. */
export interface LatencyTable {
  readonly kind: "efficientnet-latency-table";
  readonly version: 1;
  readonly origin: Origin;
  /** Pictures at once. */
  readonly batch: number;
  /** Median milliseconds for the whole batch, by geometry. */
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly drift: Drift;
  /** How far predictions are off, by whole networks that were timed in turns with the pieces. */
  readonly error?: PredictionError;
}

export interface BuildTableOptions extends TurnsOptions {
  /** 1 unless given. */
  readonly batch?: number | undefined;
  /** Whole networks that are timed in turns with the pieces, and held against their prediction. */
  readonly check?: readonly SizedNetwork[] | undefined;
}

/**
 * Times every distinct piece once, all of them in turns, so that a piece meets the caches as full as in a network. The
 * table then predicts any network made of these pieces.
 *
 * @throws `unsupported` for a network to check that is not made of the pieces; as `timeInTurns` and the device do; nothing stays on the device.
 */
export async function buildLatencyTable(
  device: Device,
  pieces: Iterable<Piece>,
  origin: Pick<Origin, "machine" | "versions">,
  { batch = 1, check = [], ...turns }: BuildTableOptions = {},
): Promise<LatencyTable> {
  const distinct = distinctPieces(pieces);
  const { spreads, drift } = await timeTasks(
    device,
    [
      ...distinct.map((piece) => () => device.openPiece(piece, batch)),
      ...check.map(
        ({ spec, imageSize }) =>
          () =>
            device.openNetwork(spec, { imageSize, batch }),
      ),
    ],
    turns,
  );
  const table: LatencyTable = {
    kind: "efficientnet-latency-table",
    version: 1,
    origin: { device: device.name, description: device.description, ...origin },
    batch,
    milliseconds: Object.fromEntries(distinct.map(({ geometry }, i) => [geometry, spreads[i]?.median ?? Number.NaN])),
    drift,
  };
  if (check.length === 0) return table;
  return { ...table, error: predictionError(table, check, spreads.slice(distinct.length), 1) };
}

/**
 * The milliseconds that a table predicts for a network: stem, blocks and tail added up.
 *
 * @throws `unsupported` naming the first piece that the table does not have.
 */
export function predictLatency(
  { milliseconds, origin }: Pick<LatencyTable, "milliseconds" | "origin">,
  spec: ArchitectureSpec,
  imageSize = spec.resolution.eval,
): number {
  return piecesOf(spec, imageSize).reduce((sum, { geometry, name }) => {
    const time = milliseconds[geometry];
    if (time !== undefined) return sum + time;
    throw new EfficientNetError("unsupported", `the table of ${origin.device} has no time for ${geometry}`, {
      received: `${name} of ${spec.name} at ${imageSize} pixels`,
      hint: "build the table of the space that the network is from, at that size",
    });
  }, 0);
}
