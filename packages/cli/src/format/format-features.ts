import { formatShape } from "@efficientnet/errors";
import type { FeatureArray } from "efficientnet/node";
import { type Column, formatTable } from "./format-table.js";

/** A feature map in short. */
export interface FeatureSummary extends Pick<FeatureArray, "level" | "reduction" | "shape"> {
  readonly mean: number;
  readonly std: number;
}

export function summariseFeatures({ level, reduction, shape, data }: FeatureArray): FeatureSummary {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  return { level, reduction, shape, mean, std: Math.sqrt(variance) };
}

const COLUMNS: readonly Column[] = [
  { title: "level" },
  { title: "reduction", align: "right" },
  { title: "shape" },
  { title: "mean", align: "right" },
  { title: "std", align: "right" },
];

export function formatFeatures(features: readonly FeatureSummary[]): string {
  const rows = features.map(({ level, reduction, shape, mean, std }) => [
    String(level),
    String(reduction),
    formatShape(shape),
    mean.toFixed(4),
    std.toFixed(4),
  ]);
  return formatTable(COLUMNS, rows);
}
