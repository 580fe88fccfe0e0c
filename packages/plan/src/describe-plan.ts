import { formatShape } from "@efficientnet/errors";
import type { Plan, PlanStep } from "./plan.js";
import { stepCosts } from "./step-costs.js";

/**
 * A plan as text: what it is and what it needs, then a line per step with its output, what is fused into it, its
 * multiply-adds, and the kilobytes of maps and of weights that it moves.
 */
export function describePlan(plan: Plan): string {
  const costs = stepCosts(plan);
  const total = (part: "macs" | "mapBytes" | "weightBytes") => costs.reduce((sum, cost) => sum + cost[part], 0);
  const rows = plan.steps.map((step, i) => {
    const { macs = 0, mapBytes = 0, weightBytes = 0 } = costs[i] ?? {};
    const { height = 0, width = 0, channels = 0 } = plan.buffers[step.output] ?? {};
    const shape = formatShape([plan.batch, height, width, channels]);
    return [step.name, step.kind, shape, fusedInto(step), millions(macs), kilobytes(mapBytes), kilobytes(weightBytes)];
  });
  const arena = plan.arenaSize * 4;
  return [
    `${plan.name}: ${plan.steps.length} steps, ${millions(total("macs"))} M multiply-adds`,
    `weights ${kilobytes(total("weightBytes"))} KB, arena ${kilobytes(arena)} KB, maps moved ${kilobytes(total("mapBytes"))} KB`,
    `outputs: ${plan.outputs.map(({ name, shape }) => `${name} ${formatShape(shape)}`).join(", ")}`,
    ...formatTable([["step", "kind", "output", "fused", "M macs", "KB maps", "KB weights"], ...rows]),
  ].join("\n");
}

function fusedInto(step: PlanStep): string {
  if (step.kind !== "conv" && step.kind !== "depthwise") return "";
  const window = `${step.kernelSize}x${step.kernelSize}/${step.stride}`;
  const parts = [window, step.activation];
  if (step.kind === "depthwise") parts.push(step.sums === null ? null : "sums");
  else {
    parts.push(step.gate === null ? null : "gate");
    parts.push(step.residual === null ? null : "residual");
    parts.push(step.border === null ? null : "normalisation");
  }
  return parts.filter((part) => part !== null).join(" ");
}

const millions = (count: number) => (count / 1e6).toFixed(2);
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(0);

/** Numbers are the last three columns and stand to the right. */
function formatTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    column < widths.length - 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(pad).join("  "));
}
