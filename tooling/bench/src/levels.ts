import { readdirSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Something that must not grow. */
export interface Level {
  readonly early: number;
  readonly late: number;
  /** `late` may be no more. */
  readonly most: number;
}

// The collector is there for whoever asks by a flag, and a new context then has it.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What this process holds after a collection. */
export async function measureProcess(): Promise<
  Readonly<Record<"megabytes" | "heapMegabytes" | "bufferMegabytes" | "threads", number>>
> {
  for (let i = 0; i < 3; i++) {
    collect();
    // Ended threads and freed memory take a turn or two to go.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    megabytes: rss / 1e6,
    heapMegabytes: heapUsed / 1e6,
    bufferMegabytes: arrayBuffers / 1e6,
    threads: countThreads(),
  };
}

/** Threads of this process; 0 where the system does not say. */
function countThreads(): number {
  try {
    return readdirSync("/proc/self/task").length;
  } catch {
    return 0;
  }
}
