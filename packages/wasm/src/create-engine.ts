import { EfficientNetError, formatShape } from "@efficientnet/errors";
import type { Plan } from "@efficientnet/plan";
import { bufferAddress, encodeSteps } from "./encode-steps.js";
import type { Engine, EngineOutput } from "./engine.js";
import { binaryOf, chooseBuild, type KernelBuild, type KernelExports } from "./kernel-build.js";
import { CONTROL } from "./kernels.generated.js";
import { layOutMemory, type MemoryLayout } from "./memory-layout.js";
import { countThreads } from "./thread-count.js";
import { isNode, type KernelWorker, startWorker } from "./worker-threads.js";

export interface CreateEngineOptions {
  /** By default a thread for each core, up to 4, where memory can be shared; otherwise one. */
  readonly threads?: number | undefined;
  /** By default the fastest that this JavaScript engine accepts. */
  readonly build?: KernelBuild | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compiles the kernels, packs a plan's weights into their memory, and starts the threads.
 *
 * @throws `no-backend` without SIMD; `unsupported` when the plan needs more memory than WebAssembly can address, or has
 * maps of fewer than 4 channels; `backend-failed` when the machine refuses that memory; `invalid-argument`; `aborted`.
 */
export async function createEngine(plan: Plan, options: CreateEngineOptions = {}): Promise<Engine> {
  const { signal } = options;
  checkAborted(signal);
  checkChannels(plan);
  const build = chooseBuild(options.build);
  const wanted = await countThreads(options.threads);
  const first = await prepare(plan, build, wanted.threads);
  const workers: KernelWorker[] = [];
  let { threads, reason } = wanted;
  let prepared = first;
  try {
    for (let thread = 1; thread < threads; thread++) {
      const { module, memory, layout } = prepared;
      workers.push(await startWorker({ module, memory, thread, threads, scratch: layout.scratch[thread] ?? 0 }));
      checkAborted(signal);
    }
  } catch (error) {
    stop(prepared, workers);
    checkAborted(signal);
    [threads, reason] = [1, `workers could not be started: ${error instanceof Error ? error.message : String(error)}`];
    prepared = await prepare(plan, build, 1);
  }
  return engineOf(plan, prepared, { build, threads, threadsReason: reason }, workers);
}

interface Prepared {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernels: KernelExports;
  readonly layout: MemoryLayout;
}

async function prepare(plan: Plan, build: KernelBuild, threads: number): Promise<Prepared> {
  const shared = threads > 1;
  const layout = layOutMemory(plan, threads);
  const memory = allocate(plan, layout.pages, shared);
  const module = await WebAssembly.compile(binaryOf(build, { shared }));
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const kernels = instance.exports as unknown as KernelExports;
  kernels.setup();
  for (const { at, size, write } of layout.constants) write(new Float32Array(memory.buffer, at, size));
  encodeSteps(plan, layout, memory.buffer);
  const control = new DataView(memory.buffer);
  control.setUint32(CONTROL.steps, layout.steps, true);
  control.setUint32(CONTROL.count, plan.steps.length, true);
  return { module, memory, kernels, layout };
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

function engineOf(
  plan: Plan,
  prepared: Prepared,
  facts: Pick<Engine, "build" | "threads" | "threadsReason">,
  workers: readonly KernelWorker[],
): Engine {
  let alive: Prepared | null = prepared;
  const { threads } = facts;
  const { height = 0, width = 0, channels = 0 } = plan.buffers[plan.input] ?? {};
  const exampleSize = height * width * channels;
  const addressOf = bufferAddress(plan, prepared.layout);

  function runPart({ memory, kernels, layout }: Prepared, part: Float32Array, batch: number): void {
    new Float32Array(memory.buffer, addressOf(plan.input), part.length).set(part);
    if (threads > 1) {
      const control = new Int32Array(memory.buffer);
      control[CONTROL.batch / 4] = batch;
      Atomics.add(control, CONTROL.go / 4, 1);
      Atomics.notify(control, CONTROL.go / 4);
    }
    const [scratch = 0] = layout.scratch;
    const failed = kernels.execute(layout.steps, plan.steps.length, batch, 0, threads, scratch, maySleep() ? 1 : 0);
    if (failed === 0) return;
    dispose();
    throw new EfficientNetError("backend-failed", "a thread of the engine no longer answers", {
      hint: "create the engine again, with one thread if it goes on",
    });
  }

  function dispose(): void {
    if (alive !== null) stop(alive, workers);
    alive = null;
  }

  return {
    ...facts,
    memoryBytes: prepared.layout.pages * 65536,
    async run(input, { signal } = {}) {
      checkAborted(signal);
      if (alive === null) throw new EfficientNetError("disposed", "the engine was disposed, so it cannot run");
      const examples = countExamples(input, exampleSize, [height, width, channels]);
      const outputs = plan.outputs.map(({ name, buffer, shape }) => {
        const size = shape.slice(1).reduce((product, side) => product * side, 1);
        const values = new Float32Array(examples * size);
        return { name, at: addressOf(buffer), size, answer: { shape: [examples, ...shape.slice(1)], values } };
      });
      for (let first = 0; first < examples; first += plan.batch) {
        checkAborted(signal);
        const batch = Math.min(plan.batch, examples - first);
        runPart(alive, input.subarray(first * exampleSize, (first + batch) * exampleSize), batch);
        for (const { at, size, answer } of outputs) {
          answer.values.set(new Float32Array(alive.memory.buffer, at, batch * size), first * size);
        }
      }
      return Object.fromEntries(outputs.map(({ name, answer }): [string, EngineOutput] => [name, answer]));
    },
    dispose,
  };
}

/** A page's own thread may not sleep. */
const maySleep = () => isNode() || typeof window === "undefined";

function stop({ memory }: Prepared, workers: readonly KernelWorker[]): void {
  if (workers.length === 0) return;
  const control = new Int32Array(memory.buffer);
  Atomics.store(control, CONTROL.stop / 4, 1);
  Atomics.add(control, CONTROL.go / 4, 1);
  Atomics.notify(control, CONTROL.go / 4);
  for (const worker of workers) worker.terminate();
}

function countExamples(input: Float32Array, exampleSize: number, shape: readonly number[]): number {
  const examples = input.length / exampleSize;
  if (Number.isInteger(examples) && examples > 0) return examples;
  throw new EfficientNetError("wrong-shape", `the input has ${input.length} values`, {
    expected: `a positive multiple of ${exampleSize}, for ${formatShape([null, ...shape])}`,
    received: `${examples.toFixed(2)} examples`,
  });
}

function checkChannels(plan: Plan): void {
  for (const step of plan.steps) {
    const { channels = 0 } = plan.buffers[step.output] ?? {};
    if (step.kind !== "depthwise" || channels >= 4) continue;
    throw new EfficientNetError("unsupported", `${step.name} has ${channels} channels`, {
      expected: "at least 4 channels in a depthwise convolution",
    });
  }
}

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EfficientNetError("aborted", "the engine was aborted", { cause: signal.reason });
}
