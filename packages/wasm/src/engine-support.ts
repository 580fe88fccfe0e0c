import { isEfficientNetError } from "@efficientnet/errors";
import { tryCompiling } from "./compile-kernels.js";
import { chooseBuild, type KernelBuild } from "./kernel-build.js";
import { countThreads } from "./thread-count.js";
import { TRIAL_SOURCE } from "./worker-source.js";
import { startWorker } from "./worker-threads.js";

/** Whether the engine runs here, and as what when nothing else is asked for; or why not, and what to do about it. */
export type EngineSupport =
  | {
      readonly available: true;
      readonly build: KernelBuild;
      readonly threads: number;
      /** Why so many. */
      readonly threadsReason: string;
    }
  | { readonly available: false; readonly reason: string; readonly hint: string };

/** Looks what the engine can use here. Where it would use threads it starts a worker, which policies may forbid. */
export async function engineSupport(): Promise<EngineSupport> {
  let build: KernelBuild;
  try {
    build = chooseBuild();
    await tryCompiling();
  } catch (error) {
    if (!isEfficientNetError(error, "no-backend")) throw error;
    return { available: false, reason: error.message.split("\n")[0] ?? "", hint: error.hint ?? "" };
  }
  const { threads, reason } = await countThreads(undefined);
  if (threads === 1) return { available: true, build, threads, threadsReason: reason };
  try {
    (await startWorker("start", TRIAL_SOURCE)).terminate();
  } catch (error) {
    return { available: true, build, threads: 1, threadsReason: refusedWorkers(error) };
  }
  return { available: true, build, threads, threadsReason: reason };
}

/** What is said of an engine whose workers were refused. */
export function refusedWorkers(error: unknown): string {
  return `workers could not be started: ${error instanceof Error ? error.message : String(error)}`;
}
