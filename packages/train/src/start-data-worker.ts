import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

/**
 * Starts a thread that prepares pictures. Its program lies beside this one, with the same ending: both are source, or
 * both are built.
 *
 * @param execArgv - flags of Node for the thread; those of this process by default
 */
export function startDataWorker(execArgv?: readonly string[]): Worker {
  const ending = extname(fileURLToPath(import.meta.url));
  const program = new URL(`./data-worker${ending}`, import.meta.url);
  return new Worker(program, execArgv === undefined ? {} : { execArgv: [...execArgv] });
}
