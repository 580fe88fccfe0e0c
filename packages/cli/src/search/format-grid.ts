import { type GridResult, scaleByPhi } from "@efficientnet/nas";
import { type ArchitectureSpec, countMacs, countParameters } from "@efficientnet/specs";
import { formatQuantity } from "../format/format-quantity.js";
import { formatTable } from "../format/format-table.js";

/** Resolutions of scaled networks are multiples of it. */
export const RESOLUTION_STEP = 4;

/** A point of the grid, what it reached, and what its network costs. */
export interface GridRow extends GridResult {
  readonly resolution: number;
  readonly parameters: number;
  readonly macs: number;
}

/** A result with the costs of the network that it is of. */
export function gridRow(base: ArchitectureSpec, result: GridResult): GridRow {
  const { alpha, beta, gamma } = result;
  const spec = scaleByPhi(base, 1, { alpha, beta, gamma, resolutionStep: RESOLUTION_STEP });
  const resolution = spec.resolution.eval;
  return { ...result, resolution, parameters: countParameters(spec).trainable, macs: countMacs(spec).total };
}

/** The points of a grid, best first. */
export function formatGrid(rows: readonly GridRow[]): string {
  const titles = ["alpha", "beta", "gamma", "product", "size", "parameters", "MACs", "accuracy"];
  return formatTable(
    titles.map((title) => ({ title, align: "right" })),
    rows.map(({ alpha, beta, gamma, product, resolution, parameters, macs, accuracy }) => [
      ...[alpha, beta, gamma, product].map((value) => value.toFixed(2)),
      ...[String(resolution), formatQuantity(parameters), formatQuantity(macs), `${(100 * accuracy).toFixed(1)} %`],
    ]),
  );
}
