import { EfficientNetError } from "@efficientnet/errors";
import type { Plan } from "@efficientnet/plan";
import { compileKernels } from "./compile-kernels.js";
import { encodeSteps } from "./encode-steps.js";
import { binaryOf, type KernelBuild, type KernelExports } from "./kernel-build.js";
import { CONTROL, STEP_FIELDS } from "./kernels.generated.js";
import { layOutMemory, type MemoryLayout } from "./memory-layout.js";
import type { KernelWorker } from "./worker-threads.js";

/** An instance with the weights in its memory. Nothing here holds on to the plan's own copy of them. */
export interface Instance {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernels: KernelExports;
  readonly layout: Pick<MemoryLayout, "steps" | "scratch" | "arena" | "pages"> & { readonly stepBytes: number };
}

/**
 * Allocates the memory, packs the weights into it and writes the steps.
 *
 * @throws `backend-failed` when WebAssembly cannot address so much memory, or the machine refuses it; `no-backend` where a
 * policy refuses WebAssembly.
 */
export async function instantiate(plan: Plan, build: KernelBuild, threads: number): Promise<Instance> {
  const shared = threads > 1;
  const layout = layOutMemory(plan, threads);
  const memory = allocate(plan, layout.pages, shared);
  const module = await compileKernels(binaryOf(build, { shared }));
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const kernels = instance.exports as unknown as KernelExports;
  kernels.setup();
  for (const { at, size, write } of layout.constants) write(new Float32Array(memory.buffer, at, size));
  encodeSteps(plan, layout, memory.buffer);
  const control = new DataView(memory.buffer);
  control.setUint32(CONTROL.steps, layout.steps, true);
  control.setUint32(CONTROL.count, plan.steps.length, true);
  const { steps, scratch, arena, pages } = layout;
  return { module, memory, kernels, layout: { steps, scratch, arena, pages, stepBytes: STEP_FIELDS.length * 4 } };
}

function allocate(plan: Plan, pages: number, shared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (cause) {
    const megabytes = Math.ceil((pages * 65536) / 1e6);
    throw new EfficientNetError("backend-failed", `${plan.name} needs ${megabytes} MB of memory, which was refused`, {
      hint: "compile the plan for a smaller batch or input, or dispose other engines",
      cause,
    });
  }
}

/** Tells the workers to run the first `batch` examples; the caller then runs them as thread 0. */
export function start({ memory }: Instance, batch: number): void {
  const control = new Int32Array(memory.buffer);
  control[CONTROL.batch / 4] = batch;
  Atomics.add(control, CONTROL.go / 4, 1);
  Atomics.notify(control, CONTROL.go / 4);
}

/** Tells the workers to end, and ends them. */
export function stop({ memory }: Instance, workers: readonly KernelWorker[]): void {
  if (workers.length === 0) return;
  const control = new Int32Array(memory.buffer);
  Atomics.store(control, CONTROL.stop / 4, 1);
  Atomics.add(control, CONTROL.go / 4, 1);
  Atomics.notify(control, CONTROL.go / 4);
  for (const worker of workers) worker.terminate();
}
