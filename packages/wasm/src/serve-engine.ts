import { EfficientNetError, isEfficientNetError } from "@efficientnet/errors";
import { createEngine } from "./create-engine.js";
import type { Engine } from "./engine.js";
import type { EngineAnswers, EnginePort, EngineReply, EngineRequest } from "./engine-messages.js";

/**
 * Serves one engine to whoever holds the other end of a port: what a worker of yours calls, with its own scope, so that a
 * page stays free while a network runs.
 */
export function serveEngine(port: EnginePort): void {
  let engine: Engine | null = null;
  // One at a time and in order: a run must not overtake the creation before it.
  let before: Promise<void> = Promise.resolve();

  async function answer(request: EngineRequest): Promise<EngineAnswers[keyof EngineAnswers]> {
    if (request.verb === "dispose") {
      engine?.dispose();
      engine = null;
      return null;
    }
    if (request.verb === "run") {
      if (engine === null) throw new EfficientNetError("disposed", "there is no engine to run");
      return engine.run(request.input);
    }
    engine?.dispose();
    engine = await createEngine(request.plan, request.options);
    const { build, threads, threadsReason, memoryBytes } = engine;
    return { build, threads, threadsReason, memoryBytes };
  }

  async function reply(request: EngineRequest): Promise<void> {
    const { id } = request;
    try {
      const value = await answer(request);
      port.postMessage({ id, value } satisfies EngineReply, buffersOf(value));
    } catch (thrown) {
      const code = isEfficientNetError(thrown) ? thrown.code : "backend-failed";
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      port.postMessage({ id, error: { code, message } } satisfies EngineReply, []);
    }
  }

  port.addEventListener("message", (event) => {
    before = before.then(() => reply((event as MessageEvent<EngineRequest>).data));
  });
  port.start?.();
}

/** The arrays of an answer, which are moved and not copied. */
function buffersOf(value: EngineAnswers[keyof EngineAnswers]): ArrayBuffer[] {
  if (value === null || "build" in value) return [];
  return Object.values(value).map(({ values }) => values.buffer as ArrayBuffer);
}
