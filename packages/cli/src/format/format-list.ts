import { formatQuantity } from "./format-quantity.js";
import { type Column, formatTable } from "./format-table.js";

export interface ListedNetwork {
  readonly name: string;
  readonly parameters: number;
  readonly macs: number;
  readonly resolution: number;
  readonly embedding: number;
}

export interface ListedWeights {
  readonly id: string;
  readonly network: string;
  readonly classes: number;
  readonly imageSize: number;
  readonly licence: string;
  /** Percent, as published. */
  readonly top1: number | null;
}

const NETWORK_COLUMNS: readonly Column[] = [
  { title: "network" },
  { title: "parameters", align: "right" },
  { title: "MACs", align: "right" },
  { title: "resolution", align: "right" },
  { title: "embedding", align: "right" },
];

export function formatNetworks(networks: readonly ListedNetwork[]): string {
  const rows = networks.map(({ name, parameters, macs, resolution, embedding }) => [
    name,
    formatQuantity(parameters),
    formatQuantity(macs),
    String(resolution),
    String(embedding),
  ]);
  return formatTable(NETWORK_COLUMNS, rows);
}

const WEIGHTS_COLUMNS: readonly Column[] = [
  { title: "weights" },
  { title: "network" },
  { title: "classes", align: "right" },
  { title: "image size", align: "right" },
  { title: "top-1 %", align: "right" },
  { title: "licence" },
];

export function formatWeightsList(weights: readonly ListedWeights[]): string {
  const rows = weights.map(({ id, network, classes, imageSize, top1, licence }) => [
    id,
    network,
    String(classes),
    String(imageSize),
    top1?.toFixed(1) ?? "-",
    licence,
  ]);
  return formatTable(WEIGHTS_COLUMNS, rows);
}
