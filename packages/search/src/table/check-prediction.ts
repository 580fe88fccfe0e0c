import type { Device } from "../measure/device.js";
import type { Drift } from "../measure/drift.js";
import { median } from "../measure/spread.js";
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
  readonly drift: Drift;
}

/**
 * Holds a table against whole networks on the same device.
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
  const predicted = networks.map(({ spec, imageSize }) => predictLatency(table, spec, imageSize));
  const { spreads, drift } = await timeNetworks(device, networks, { batch: table.batch, ...turns });
  const checked = networks.map(({ spec, imageSize }, i) => {
    const [predictedMs, measuredMs] = [predicted[i] ?? Number.NaN, spreads[i]?.median ?? Number.NaN];
    return { name: spec.name, imageSize, predictedMs, measuredMs, error: predictedMs / measuredMs - 1 };
  });
  return { networks: checked, medianError: median(checked.map(({ error }) => Math.abs(error))), drift };
}
