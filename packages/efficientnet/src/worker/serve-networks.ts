import { EfficientNetError } from "@efficientnet/errors";
import type { PictureSource } from "@efficientnet/preprocess";
import type { EfficientNet } from "../efficient-net.js";
import { load } from "../load-wasm.js";
import { buffersIn, type NetworkFacts, type Reply, type Request, sentError } from "./messages.js";
import { type MessageEmitter, type MessageTarget, portOf } from "./port.js";

type Served = Exclude<Request, { readonly verb: "abort" | "dispose" }>;

/**
 * Serves networks to a `createWorkerClient` at the other end: what a worker calls with its own scope (`self`, or in Node
 * `parentPort`). The ready-made `efficientnet/wasm/worker` does nothing else.
 */
export function serveNetworks(target: MessageTarget | MessageEmitter): void {
  const port = portOf(target);
  const networks = new Map<number, EfficientNet<PictureSource>>();
  const running = new Map<number, AbortController>();
  const reply = (message: Reply, moved: Iterable<ArrayBuffer> = []) => port.post(message, [...moved]);

  function networkOf(id: number): EfficientNet<PictureSource> {
    const found = networks.get(id);
    if (found !== undefined) return found;
    throw new EfficientNetError("disposed", "the network was used after dispose()");
  }

  async function answer(request: Served, signal: AbortSignal): Promise<unknown> {
    switch (request.verb) {
      case "load": {
        const onProgress = (progress: number) => reply({ id: request.id, progress });
        const options = { ...request.options, signal, onProgress };
        const network = await (request.model === undefined ? load(options) : load(request.model, options));
        networks.set(request.id, network);
        const { spec, preprocess, labels, backend } = network;
        return { spec, preprocess, labels, backend, newHead: network.inspect().newHead } satisfies NetworkFacts;
      }
      case "ask": {
        // Both forms of a question, one picture and a list, have the same types here.
        const ask = networkOf(request.network)[request.question] as (...args: readonly unknown[]) => Promise<unknown>;
        return ask(request.pictures, { ...request.options, signal });
      }
      case "warmUp":
        return networkOf(request.network).warmUp();
    }
  }

  async function serve(request: Served): Promise<void> {
    const { id } = request;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const value = await answer(request, controller.signal);
      // A network that nobody waits for would stay for ever.
      if (controller.signal.aborted) dispose(id);
      else if (request.verb === "load") reply({ id, value });
      else reply({ id, value }, buffersIn(value));
    } catch (thrown) {
      reply({ id, error: sentError(thrown) });
    } finally {
      running.delete(id);
    }
  }

  function dispose(network: number): void {
    networks.get(network)?.dispose();
    networks.delete(network);
  }

  port.listen(
    (message) => {
      const request = message as Request;
      if (request.verb === "dispose") dispose(request.network);
      else if (request.verb === "abort") {
        running.get(request.id)?.abort();
        dispose(request.id);
      } else void serve(request);
    },
    () => undefined,
  );
}
