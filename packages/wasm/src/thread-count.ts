import { EfficientNetError } from "@efficientnet/errors";
import { importByName } from "./import-by-name.js";
import { isNode } from "./worker-threads.js";

export interface ThreadCount {
  readonly threads: number;
  /** Why it is this number, for people. */
  readonly reason: string;
}

/** More threads than this wait for each other longer than they compute. */
const MOST_BY_DEFAULT = 4;

/**
 * How many threads to run: as asked where memory can be shared, one where it cannot, and otherwise a core each, up to 4.
 *
 * @throws `invalid-argument` unless `asked` is a positive integer.
 */
export async function countThreads(asked: number | undefined): Promise<ThreadCount> {
  if (asked !== undefined && !(Number.isSafeInteger(asked) && asked > 0)) {
    throw new EfficientNetError("invalid-argument", "threads must be a positive integer", { received: String(asked) });
  }
  if (asked === 1) return { threads: 1, reason: "one thread was asked for" };
  const obstacle = sharingObstacle();
  if (obstacle !== null) return { threads: 1, reason: obstacle };
  if (asked !== undefined) return { threads: asked, reason: `${asked} threads were asked for` };
  const cores = await countCores();
  const threads = Math.min(cores, MOST_BY_DEFAULT);
  return {
    threads,
    reason: `${cores} ${cores === 1 ? "core is" : "cores are"} there, and at most ${MOST_BY_DEFAULT} are used`,
  };
}

function sharingObstacle(): string | null {
  if (typeof SharedArrayBuffer === "undefined") return "memory cannot be shared: the page is not cross-origin isolated";
  if (isNode()) return null;
  if (globalThis.crossOriginIsolated !== true) return "the page is not cross-origin isolated";
  return typeof Worker === "undefined" ? "there are no workers here" : null;
}

async function countCores(): Promise<number> {
  if (!isNode()) return globalThis.navigator?.hardwareConcurrency ?? 1;
  const { availableParallelism } = await importByName<typeof import("node:os")>("node:os");
  return availableParallelism();
}
