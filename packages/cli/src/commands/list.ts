import { countMacs, countParameters, getSpec, VARIANT_NAMES } from "@efficientnet/specs";
import { weightsEntries } from "@efficientnet/weights/registry";
import { formatNetworks, formatWeightsList, type ListedNetwork, type ListedWeights } from "../format/format-list.js";
import type { Report } from "../report.js";

export interface ListOptions {
  /** The published weights too. */
  readonly weights?: boolean;
}

/** The networks that have a name, and the weights that are published for them. */
export function list({ weights = false }: ListOptions, report: Report): 0 {
  const networks = listNetworks();
  const published = weights ? { weights: listWeights() } : {};
  if (report.json) {
    report.answer(JSON.stringify({ networks, ...published }, null, 2));
    return 0;
  }
  report.answer(formatNetworks(networks));
  if (published.weights) report.answer(`\n${formatWeightsList(published.weights)}`);
  return 0;
}

function listNetworks(): readonly ListedNetwork[] {
  return VARIANT_NAMES.map(getSpec).map((spec) => ({
    name: spec.name,
    parameters: countParameters(spec).trainable,
    macs: countMacs(spec).total,
    resolution: spec.resolution.eval,
    embedding: spec.head.channels,
  }));
}

function listWeights(): readonly ListedWeights[] {
  return weightsEntries().map(({ id, variant, classes, preprocess, licence, accuracy }) => ({
    id,
    network: variant,
    classes,
    imageSize: preprocess.size,
    licence,
    top1: accuracy?.top1 ?? null,
  }));
}
