import { fork } from "node:child_process";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Host } from "./hosts.js";
import type { Call, Reply } from "./process-messages.js";
import type { Verbs } from "./verbs.js";

/**
 * A process of its own for a contestant, so that no engine shares a heap, compiled code or thread pool with another.
 * What its engine prints goes to stderr.
 */
export function forkContestant(): Host {
  // Its program lies beside this one, with the same ending: both are source, or both are built.
  const here = fileURLToPath(import.meta.url);
  const child = fork(join(dirname(here), `contestant-process${extname(here)}`), {
    serialization: "advanced",
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.on("message", (reply: Reply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ("error" in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.result);
  });
  child.once("exit", (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`its process ended with ${signal ?? `code ${code}`}`));
    waiting.clear();
  });
  let calls = 0;
  const call = <Result>(verb: keyof Verbs, ...args: readonly unknown[]) =>
    new Promise<Result>((resolve, reject) => {
      if (!child.connected) {
        reject(new Error("its process has ended"));
        return;
      }
      const id = calls++;
      waiting.set(id, { resolve: (result) => resolve(result as Result), reject });
      child.send({ id, verb, args } satisfies Call);
    });
  return {
    open: (engine, task) => call("open", engine, task),
    answer: (engine) => call("answer", engine),
    time: (engine, count) => call("time", engine, count),
    close: (engine) => call("close", engine),
    async end() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
