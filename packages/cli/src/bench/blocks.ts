import { formatDrift, raceBlocks } from "@efficientnet/search";
import { writeAtomically } from "../files/write-atomically.js";
import type { Report } from "../report.js";
import { blocksPage } from "./blocks-page.js";
import { formatBlocks } from "./format-blocks.js";
import { namedNetwork } from "./named-network.js";
import { type DeviceOptions, openDevice } from "./open-device.js";

export interface BlocksOptions extends DeviceOptions {
  readonly model: string;
  readonly resolution?: number;
  readonly batch: number;
  readonly rounds: number;
  readonly warmUp: number;
  /** False leaves squeeze-and-excitation out of MBConv. */
  readonly squeeze: boolean;
  readonly html?: string;
}

/** MBConv against Fused-MBConv at every stage geometry of a network, on this machine. */
export async function benchBlocks(options: BlocksOptions, report: Report): Promise<0> {
  const { batch, rounds, squeeze, html } = options;
  const { spec, imageSize } = await namedNetwork(options.model, options.resolution);
  const { device } = await openDevice(options);
  const races = await raceBlocks(device, spec, {
    ...{ imageSize, batch, rounds, warmUpMs: options.warmUp, signal: report.signal },
    ...(!squeeze && { seRatio: 0 }),
    onProgress: (fraction) => report.progress(`timing blocks ${Math.floor(fraction * 100)} %`),
  });
  if (!races.drift.steady) report.warn(formatDrift(races.drift));
  if (html !== undefined) await writeAtomically(html, blocksPage(races));
  report.answer(report.json ? JSON.stringify(races, null, 2) : formatBlocks(races));
  return 0;
}
