import type { BackendName } from "@efficientnet/backends";
import type { Golden } from "./find-goldens.js";
import type { Row } from "./report.js";
import type { Runner } from "./runner.js";

/**
 * How far a float32 answer may be from the float64 reference, in standard deviations. The graphics backends add in
 * another order and with wider operations, which costs a digit.
 */
const TOLERANCES: Record<BackendName, number> = { cpu: 1e-4, wasm: 1e-4, webgl: 1e-3, webgpu: 1e-3 };

/** Checks one golden. An error is a failed row and not the end of the run. */
export async function checkGolden(golden: Golden, runner: Runner, backend: BackendName): Promise<Row> {
  const start = performance.now();
  const tolerance = TOLERANCES[backend];
  const row = (result: Omit<Row, "kind" | "name" | "tolerance" | "seconds">): Row => ({
    kind: golden.kind,
    name: golden.name,
    tolerance,
    seconds: (performance.now() - start) / 1000,
    ...result,
  });
  try {
    const { logits, feature, where } = await runner.checks.checkNet(golden.read());
    return row({ worst: logits, feature, where, ok: logits <= tolerance && feature <= tolerance });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return row({ worst: Number.POSITIVE_INFINITY, ok: false, error: message });
  }
}
