import { prepareBackend } from "@efficientnet/backends";
import { getSpec } from "@efficientnet/specs";
import { type PlanProfile, profilePlan } from "@efficientnet/wasm";
import { makeTask } from "./make-task.js";
import { planOfTask } from "./plan-of-task.js";

export interface ProfileNetworkOptions {
  /** Side of the input in pixels; the network's own unless told. */
  readonly size?: number | undefined;
  /** The weights follow from it; 1 unless told. */
  readonly seed?: number | undefined;
  /** Passes of which each step's fastest counts; 20 unless told. */
  readonly runs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A network's steps, each beside its floor on this machine. */
export interface NetworkProfile extends PlanProfile {
  readonly model: string;
  readonly size: number;
}

/**
 * Times every step of a network on one thread of the engine beside what it would take at this machine's best: its
 * multiply-adds at the measured peak, or its bytes at the measured bandwidth, whichever takes longer.
 *
 * @throws `unknown-name`; `unsupported` for CondConv; `aborted`.
 */
export async function profileNetwork(
  model: string,
  { size = getSpec(model).resolution.eval, seed = 1, runs, signal }: ProfileNetworkOptions = {},
): Promise<NetworkProfile> {
  const wasm = await prepareBackend("wasm");
  try {
    const task = await makeTask({ model, size, seed, batch: 1 });
    return { model, size, ...(await profilePlan(planOfTask(task), { runs, signal })) };
  } finally {
    wasm.dispose();
  }
}
