import { EfficientNetError } from "@efficientnet/errors";
import type { LatencyTable } from "./latency-table.js";

const KIND: LatencyTable["kind"] = "efficientnet-latency-table";

/**
 * A latency table from JSON; `JSON.stringify` is the inverse.
 *
 * @throws `wrong-file` for anything else, naming the first time that is none.
 */
export function parseLatencyTable(text: string): LatencyTable {
  const value = parseJson(text);
  if (value?.kind !== KIND || value.version !== 1) {
    throw new EfficientNetError("wrong-file", "this is no latency table", {
      expected: `JSON with "kind": "${KIND}" and "version": 1`,
      received: `"kind": ${JSON.stringify(value?.kind)}, "version": ${JSON.stringify(value?.version)}`,
    });
  }
  for (const [geometry, time] of Object.entries(value.milliseconds ?? {})) {
    if (typeof time === "number" && Number.isFinite(time) && time >= 0) continue;
    throw new EfficientNetError("wrong-file", `the time of ${geometry} is ${JSON.stringify(time)}`, {
      expected: "milliseconds, not negative",
    });
  }
  return value as LatencyTable;
}

function parseJson(text: string): Partial<LatencyTable> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch (cause) {
    throw new EfficientNetError("wrong-file", "a latency table is JSON, and this is not", { cause });
  }
}
