import { EfficientNetError } from "@efficientnet/errors";
import type { Plan } from "@efficientnet/plan";
import { checkAborted } from "./check-aborted.js";
import type { Engine } from "./engine.js";
import {
  type EngineAnswers,
  type EnginePort,
  type EngineReply,
  type EngineRequest,
  receivedError,
  type ServedEngineOptions,
} from "./engine-messages.js";

type Ask = EngineRequest extends infer Request ? (Request extends EngineRequest ? Omit<Request, "id"> : never) : never;

/**
 * An engine on the other end of a port, where {@link serveEngine} listens. It behaves as one of this thread, except that
 * `run` leaves this thread free. The plan and each input are copied on their way.
 *
 * @throws What `createEngine` throws there; `backend-failed` when the worker dies.
 */
export async function connectEngine(port: EnginePort, plan: Plan, options: ServedEngineOptions = {}): Promise<Engine> {
  const waiting = new Map<number, (reply: EngineReply) => void>();
  let asked = 0;
  let disposed = false;

  port.addEventListener("message", (event) => {
    const reply = (event as MessageEvent<EngineReply>).data;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  const fail = (event: Event) => {
    const { message = "a message could not be read" } = event as Partial<ErrorEvent>;
    const error = { code: "backend-failed", message: `the other side of the engine failed: ${message}` } as const;
    for (const [id, settle] of waiting) settle({ id, error });
    waiting.clear();
  };
  port.addEventListener("error", fail);
  port.addEventListener("messageerror", fail);
  port.start?.();

  function ask<Verb extends Ask["verb"]>(request: Extract<Ask, { verb: Verb }>): Promise<EngineAnswers[Verb]> {
    const id = asked++;
    return new Promise((resolve, reject) => {
      waiting.set(id, (reply) => {
        if ("error" in reply) reject(receivedError(reply.error));
        else resolve(reply.value as EngineAnswers[Verb]);
      });
      port.postMessage({ ...request, id }, []);
    });
  }

  const facts = await ask<"create">({ verb: "create", plan, options });
  return {
    ...facts,
    async run(input, { signal } = {}) {
      if (disposed) throw new EfficientNetError("disposed", "the engine was disposed, so it cannot run");
      checkAborted(signal);
      const answer = await ask<"run">({ verb: "run", input });
      checkAborted(signal);
      return answer;
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      // Whether the other side still answers makes no difference any more.
      ask<"dispose">({ verb: "dispose" }).catch(() => undefined);
    },
  };
}
