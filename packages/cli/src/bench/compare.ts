import { compareNetworks, formatDrift } from "@efficientnet/search";
import type { Report } from "../report.js";
import { formatComparison } from "./format-comparison.js";
import { namedNetwork } from "./named-network.js";
import { type DeviceOptions, openDevice } from "./open-device.js";

export interface CompareOptions extends DeviceOptions {
  readonly resolution?: number;
  readonly batch: number;
  readonly rounds: number;
}

/** Networks side by side on this machine. */
export async function benchCompare(names: readonly string[], options: CompareOptions, report: Report): Promise<0> {
  const { batch, rounds, resolution } = options;
  const networks = await Promise.all(names.map((name) => namedNetwork(name, resolution)));
  const comparison = await compareNetworks(await openDevice(options), networks, {
    ...{ batch, rounds, signal: report.signal },
    onProgress: (fraction) => report.progress(`timing networks ${Math.floor(fraction * 100)} %`),
  });
  if (!comparison.drift.steady) report.warn(formatDrift(comparison.drift));
  report.answer(report.json ? JSON.stringify(comparison, null, 2) : formatComparison(comparison));
  return 0;
}
