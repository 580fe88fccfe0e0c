import { decodeSpec, type SearchSpace, sampleGenotype, seededRandom } from "@efficientnet/nas";
import {
  buildLatencyTable,
  type CheckedNetwork,
  formatDrift,
  type LatencyTable,
  piecesOfSpace,
} from "@efficientnet/search";
import { computingVersions, machineLine } from "../bench/describe-machine.js";
import { type DeviceOptions, openDevice } from "../bench/open-device.js";
import { checkFolderOf, writeAtomically } from "../files/write-atomically.js";
import { formatTable } from "../format/format-table.js";
import type { Report } from "../report.js";
import { openSpace, type SpaceOptions } from "./open-space.js";

export interface TableOptions extends SpaceOptions, DeviceOptions {
  readonly resolution?: number;
  readonly batch: number;
  readonly rounds: number;
  readonly warmUp: number;
  /** Networks of the space that the table is held against. */
  readonly check: number;
}

/** Builds the latency table of a space on this machine, and says how far its predictions are off. */
export async function buildTable(
  out: string,
  options: TableOptions,
  version: string | undefined,
  report: Report,
): Promise<0> {
  await checkFolderOf(out);
  const { batch, rounds } = options;
  const space = await openSpace(options);
  const imageSize = options.resolution ?? space.base.resolution.eval;
  const { device } = await openDevice(options);
  const origin = { machine: machineLine(), versions: computingVersions(version) };
  const table = await buildLatencyTable(device, piecesOfSpace(space, imageSize), origin, {
    ...{ batch, rounds, warmUpMs: options.warmUp, signal: report.signal },
    check: drawNetworks(space, options.check).map((spec) => ({ spec, imageSize })),
    onProgress: (fraction) => report.progress(`timing pieces ${Math.floor(fraction * 100)} %`),
  });
  await writeAtomically(out, `${JSON.stringify(table, null, 2)}\n`);
  if (!table.drift.steady) report.warn(formatDrift(table.drift));
  report.answer(report.json ? JSON.stringify({ out, ...table }, null, 2) : formatBuilt(out, table));
  return 0;
}

const drawNetworks = (space: SearchSpace, count: number) =>
  Array.from({ length: count }, (_, index) => decodeSpec(space, sampleGenotype(space, seededRandom("check", index))));

function formatBuilt(out: string, { milliseconds, origin, error }: LatencyTable): string {
  const { networks = [], medianError = Number.NaN } = error ?? {};
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const row = ({ name, predictedMs, measuredMs, error }: CheckedNetwork) => [
    name,
    predictedMs.toFixed(2),
    measuredMs.toFixed(2),
    percent(error),
  ];
  const titles = ["predicted ms", "measured ms", "error"].map((title) => ({ title, align: "right" as const }));
  return [
    `${Object.keys(milliseconds).length} pieces timed on ${origin.device}, written to ${out}`,
    "",
    formatTable([{ title: "network" }, ...titles], networks.map(row)),
    "",
    `median error of ${networks.length} networks: ${percent(medianError)}`,
  ].join("\n");
}
