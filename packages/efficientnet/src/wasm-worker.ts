import { importByName } from "./import-by-name.js";
import type { MessageTarget } from "./worker/port.js";
import { serveNetworks } from "./worker/serve-networks.js";

/**
 * The program of a worker that serves networks to a `createWorkerClient`. In a page it listens at once: a message that
 * comes before would be lost. Node keeps messages until somebody listens.
 */
if (typeof self === "undefined") {
  importByName<typeof import("node:worker_threads")>("node:worker_threads").then(({ parentPort }) => {
    if (parentPort !== null) serveNetworks(parentPort);
  });
} else serveNetworks(self as unknown as MessageTarget);
