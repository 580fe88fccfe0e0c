import { EfficientNetError, formatShape } from "@efficientnet/errors";
import type { Plan } from "@efficientnet/plan";
import { checkAborted } from "./check-aborted.js";
import { checkChannels } from "./check-channels.js";
import { bufferAddress } from "./encode-steps.js";
import type { Engine, EngineOutput } from "./engine.js";
import { refusedWorkers } from "./engine-support.js";
import { type Instance, instantiate, start, stop } from "./instance.js";
import { chooseBuild, type KernelBuild } from "./kernel-build.js";
import { letOthersRun } from "./let-others-run.js";
import { countThreads } from "./thread-count.js";
import { WORKER_SOURCE, type WorkerStart } from "./worker-source.js";
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
 * @throws `no-backend` without SIMD, or where a page's policy refuses WebAssembly; `unsupported` when the plan has maps of fewer than 4 channels; `backend-failed` when it
 * needs more memory than WebAssembly can address, saying how much, or the machine refuses that memory; `invalid-argument`; `aborted`.
 */
export async function createEngine(plan: Plan, options: CreateEngineOptions = {}): Promise<Engine> {
  const { signal } = options;
  checkAborted(signal);
  checkChannels(plan);
  const build = chooseBuild(options.build);
  let { threads, reason } = await countThreads(options.threads);
  let instance = await instantiate(plan, build, threads);
  checkAborted(signal);
  const workers: KernelWorker[] = [];
  try {
    for (let thread = 1; thread < threads; thread++) {
      const { module, memory, layout } = instance;
      const begin: WorkerStart = { module, memory, thread, threads, scratch: layout.scratch[thread] ?? 0 };
      workers.push(await startWorker(begin, WORKER_SOURCE));
      checkAborted(signal);
    }
  } catch (error) {
    stop(instance, workers);
    checkAborted(signal);
    [threads, reason] = [1, refusedWorkers(error)];
    instance = await instantiate(plan, build, 1);
  }
  return engineOf(plan, instance, { build, threads, threadsReason: reason }, workers);
}

function engineOf(
  plan: Plan,
  instance: Instance,
  facts: Pick<Engine, "build" | "threads" | "threadsReason">,
  workers: readonly KernelWorker[],
): Engine {
  let alive: Instance | null = instance;
  const { threads } = facts;
  const { batch: room } = plan;
  const stepCount = plan.steps.length;
  const { height = 0, width = 0, channels = 0 } = plan.buffers[plan.input] ?? {};
  const exampleSize = height * width * channels;
  const addressOf = bufferAddress(plan, instance.layout);
  const memoryBytes = instance.layout.pages * 65536;
  const inputAt = addressOf(plan.input);
  const places = plan.outputs.map(({ name, buffer, shape }) => ({
    name,
    at: addressOf(buffer),
    shape: shape.slice(1),
  }));

  function runPart(instance: Instance, part: Float32Array, batch: number): void {
    const { memory, kernels, layout } = instance;
    new Float32Array(memory.buffer, inputAt, part.length).set(part);
    if (threads > 1) start(instance, batch);
    const [scratch = 0] = layout.scratch;
    const failed = kernels.execute(layout.steps, stepCount, batch, 0, threads, scratch, maySleep() ? 1 : 0);
    if (failed === 0) return;
    dispose();
    throw new EfficientNetError("backend-failed", "a thread of the engine no longer answers", {
      hint: "create the engine again, with one thread if it goes on",
    });
  }

  function requireAlive(): Instance {
    if (alive !== null) return alive;
    throw new EfficientNetError("disposed", "the engine was disposed, so it cannot run");
  }

  function dispose(): void {
    if (alive !== null) stop(alive, workers);
    alive = null;
  }

  return {
    ...facts,
    memoryBytes,
    async run(input, { signal } = {}) {
      checkAborted(signal);
      requireAlive();
      const examples = countExamples(input, exampleSize, [height, width, channels]);
      const outputs = places.map(({ name, at, shape }) => {
        const size = shape.reduce((product, side) => product * side, 1);
        return { name, at, size, answer: { shape: [examples, ...shape], values: new Float32Array(examples * size) } };
      });
      for (let first = 0; first < examples; first += room) {
        // Signals fire and engines are disposed between two parts; each part leaves nothing for the next.
        await letOthersRun();
        checkAborted(signal);
        const instance = requireAlive();
        const batch = Math.min(room, examples - first);
        runPart(instance, input.subarray(first * exampleSize, (first + batch) * exampleSize), batch);
        for (const { at, size, answer } of outputs) {
          answer.values.set(new Float32Array(instance.memory.buffer, at, batch * size), first * size);
        }
      }
      return Object.fromEntries(outputs.map(({ name, answer }): [string, EngineOutput] => [name, answer]));
    },
    dispose,
  };
}

/** A page's own thread may not sleep. */
const maySleep = () => isNode() || typeof window === "undefined";

function countExamples(input: Float32Array, exampleSize: number, shape: readonly number[]): number {
  const examples = input.length / exampleSize;
  if (Number.isInteger(examples) && examples > 0) return examples;
  throw new EfficientNetError("wrong-shape", `the input has ${input.length} values`, {
    expected: `a positive multiple of ${exampleSize}, for ${formatShape([null, ...shape])}`,
    received: `${examples.toFixed(2)} examples`,
  });
}
