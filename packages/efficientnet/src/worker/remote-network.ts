import { EfficientNetError } from "@efficientnet/errors";
import type { PictureSource } from "@efficientnet/preprocess";
import type { EfficientNet, RunOptions } from "../efficient-net.js";
import { inspectSpec } from "../inspect.js";
import { asList } from "../per-picture.js";
import type { AskWorker } from "./ask-worker.js";
import type { NetworkFacts, Question } from "./messages.js";
import { sendPicture } from "./send-picture.js";

/** A network that lives in a worker, as if it lived here. */
export function remoteNetwork(
  { ask, tell }: AskWorker,
  network: number,
  facts: NetworkFacts,
): EfficientNet<PictureSource> {
  const { newHead, ...known } = facts;
  let disposed = false;

  const requireAlive = () => {
    if (disposed) throw new EfficientNetError("disposed", `${facts.spec.name} was used after dispose()`);
  };

  /** The answer has the shape of the question: one picture, one answer; a list, a list. */
  const asking =
    (question: Question) =>
    async (pictures: PictureSource | readonly PictureSource[], { signal, ...options }: RunOptions = {}) => {
      requireAlive();
      const sent = await Promise.all(asList(pictures).map((picture) => sendPicture(picture, options)));
      requireAlive();
      const given = sent.map(({ picture }) => picture);
      const request = {
        ...({ verb: "ask", network, question, options } as const),
        pictures: Array.isArray(pictures) ? given : (given[0] as PictureSource),
      };
      const moved = new Set(sent.flatMap(({ moved }) => moved));
      return (await ask<never>(request, { signal, moved })).value;
    };

  const dispose = () => {
    if (disposed) return;
    disposed = true;
    tell({ verb: "dispose", network });
  };

  return {
    ...known,
    classify: asking("classify"),
    logits: asking("logits"),
    embed: asking("embed"),
    features: asking("features"),
    inspect: () => inspectSpec(facts.spec, facts.preprocess, newHead),
    async warmUp() {
      requireAlive();
      await ask({ verb: "warmUp", network });
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}
