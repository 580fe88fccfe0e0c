import { EfficientNetError } from "@efficientnet/errors";
import { resolveLevels } from "@efficientnet/model/pure";
import { compilePlan } from "@efficientnet/plan";
import type { ModelInput } from "@efficientnet/preprocess";
import { tensorShapes } from "@efficientnet/specs";
import { createEngine, type Engine, type EngineOutput } from "@efficientnet/wasm";
import type { NetworkRunner, NetworkSource, OpenRunnerOptions } from "./network-runner.js";

export interface EngineOptions extends OpenRunnerOptions {
  /** Threads to run on; a core each, up to 4, where memory can be shared, unless told. */
  readonly threads?: number | undefined;
}

/** An engine is for one input size and one set of outputs; the one in daily use and one more are kept. */
const ENGINES_KEPT = 2;

/** Opens networks on the engine that needs no tfjs, compiled for the size that pictures are prepared to. */
export async function openEngine(source: NetworkSource, options: EngineOptions): Promise<NetworkRunner> {
  const { spec, preprocess, read } = source;
  const { threads, signal, onProgress } = options;
  const tensors = new Map(tensorShapes(spec).map((tensor) => [tensor.name, tensor]));
  const answers = spec.head.classes === null ? ["embedding"] : ["embedding", "logits"];
  const engines = new Map<string, Promise<Engine>>();

  let opened = false;
  let readCount = 0;
  /** Tensors are read while they are packed, one at a time. */
  function readByName(name: string): Float32Array {
    if (!opened) {
      checkAborted(signal);
      onProgress?.(readCount++ / tensors.size);
    }
    return read(tensors.get(name) ?? { name, shape: [], role: "bias" });
  }

  function create(height: number, width: number, outputs: readonly string[]): Promise<Engine> {
    const plan = compilePlan(spec, readByName, { imageSize: { height, width }, outputs: [...outputs] });
    return createEngine(plan, { threads });
  }

  /** The engine for an input, made when it is first needed; the one that was idle longest goes. */
  async function engineFor(height: number, width: number, outputs: readonly string[]): Promise<Engine> {
    const key = [height, width, ...outputs].join();
    const engine = engines.get(key) ?? Promise.resolve().then(() => create(height, width, outputs));
    engines.delete(key);
    engines.set(key, engine);
    engine.catch(() => engines.delete(key));
    for (const [oldest, idle] of [...engines].slice(0, -ENGINES_KEPT)) {
      engines.delete(oldest);
      idle.then((found) => found.dispose());
    }
    return engine;
  }

  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, so that no engine goes while it runs. */
  function run({ data, shape }: ModelInput, outputs: readonly string[]) {
    const next = last.then(async () => (await engineFor(shape[1], shape[2], outputs)).run(data));
    last = next.catch(() => undefined);
    return next;
  }

  const answer = async (input: ModelInput, name: string) => valuesOf(await run(input, answers), name).values;

  const { build, threads: running, threadsReason } = await engineFor(preprocess.size, preprocess.size, answers);
  onProgress?.(1);
  opened = true;
  const dispose = () => {
    for (const engine of engines.values()) engine.then((found) => found.dispose());
    engines.clear();
  };
  try {
    checkAborted(signal);
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    backend: {
      name: "wasm",
      description: `wasm engine, ${build}, ${running === 1 ? "1 thread" : `${running} threads`} (${threadsReason})`,
    },
    logits: (input) => answer(input, "logits"),
    embedding: (input) => answer(input, "embedding"),
    async features(input, levels) {
      const wanted = resolveLevels(spec, levels);
      const maps = await run(input, [...new Set(wanted.map(({ part }) => part))]);
      return wanted.map(({ part, level, reduction }) => {
        const { shape, values } = valuesOf(maps, part);
        const [batch = 0, height = 0, width = 0, channels = 0] = shape;
        return { level, reduction, shape: [batch, height, width, channels], data: values };
      });
    },
    async warmUp() {
      const { size } = preprocess;
      await run({ data: new Float32Array(size * size * 3), shape: [1, size, size, 3] }, answers);
    },
    dispose,
  };
}

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EfficientNetError("aborted", "loading was aborted", { cause: signal.reason });
}

function valuesOf(outputs: Readonly<Record<string, EngineOutput>>, name: string): EngineOutput {
  const found = outputs[name];
  if (found === undefined) throw new Error(`the engine gave no ${name}`);
  return found;
}
