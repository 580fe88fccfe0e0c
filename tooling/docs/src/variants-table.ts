import { countMacs, countParameters, getSpec, VARIANT_NAMES } from "@efficientnet/specs";
import { markdownTable } from "./markdown-table.js";

const millions = (count: number) => `${(count / 1e6).toFixed(2)} M`;
const billions = (count: number) => `${(count / 1e9).toFixed(2)} G`;

/** Every variant with what its spec amounts to: trainable parameters, and multiply-adds at its evaluation resolution. */
export function variantsTable(): string {
  const rows = VARIANT_NAMES.map((name) => {
    const spec = getSpec(name);
    const { train, eval: evaluation } = spec.resolution;
    return [
      `\`${name}\``,
      millions(countParameters(spec).trainable),
      billions(countMacs(spec, evaluation).total),
      train === evaluation ? `${evaluation}` : `${evaluation} (trained at ${train})`,
    ];
  });
  return markdownTable(["variant", "parameters", "MACs", "resolution"], rows, ["parameters", "MACs"]);
}
