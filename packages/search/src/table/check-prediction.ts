import type { Device } from "../measure/device.js";
import { median, type Spread } from "../measure/spread.js";
import type { TurnsOptions } from "../measure/time-in-turns.js";
import { type SizedNetwork, timeNetworks } from "../measure/time-networks.js";
import { type LatencyTable, predictLatency } from "./latency-table.js";

/** A network whose time was predicted and measured. */
export interface CheckedNetwork {
  readonly name: string;
  readonly imageSize: number;
  readonly predictedMs: number;
  readonly measuredMs: number;
  /** Predicted over measured, less 1. */
  readonly error: number;
}

/** How far a table's predictions are off. */
export interface PredictionError {
  readonly networks: readonly CheckedNetwork[];
  /** The median of the errors' sizes. */
  readonly medianError: number;
  /** The anchor's time while checking over that while the table was built; predictions are multiplied by it. */
  readonly slowdown: number;
}

/**
 * Holds a table against whole networks on the same device, some other day: a machine that is slower or faster than it
 * was, by its anchor, is allowed for.
 *
 * @throws `unsupported` for a network with a piece that the table does not have, before anything is timed; as
 * `timeInTurns` and the device do.
 */
export async function checkPrediction(
  device: Device,
  table: LatencyTable,
  networks: readonly SizedNetwork[],
  turns: TurnsOptions = {},
): Promise<PredictionError> {
  for (const { spec, imageSize } of networks) predictLatency(table, spec, imageSize);
  const { spreads, drift } = await timeNetworks(device, networks, { batch: table.batch, ...turns });
  return predictionError(table, networks, spreads, drift.anchorMs / table.drift.anchorMs);
}

/** Predictions against the times that networks took. */
export function predictionError(
  table: Pick<LatencyTable, "milliseconds" | "origin">,
  networks: readonly SizedNetwork[],
  spreads: readonly Spread[],
  slowdown: number,
): PredictionError {
  const checked = networks.map(({ spec, imageSize }, i) => {
    const predictedMs = slowdown * predictLatency(table, spec, imageSize);
    const measuredMs = spreads[i]?.median ?? Number.NaN;
    return { name: spec.name, imageSize, predictedMs, measuredMs, error: predictedMs / measuredMs - 1 };
  });
  return { networks: checked, medianError: median(checked.map(({ error }) => Math.abs(error))), slowdown };
}
