/** What a worker of the kernels is started with. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
  readonly threads: number;
  readonly scratch: number;
}

/**
 * The whole program of a worker, in Node and in a page: it gets a compiled module and the memory, says that it is ready,
 * and then lives inside the kernels until it is told to stop.
 */
export const WORKER_SOURCE = `
const start = (post, { module, memory, thread, threads, scratch }) => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  post("ready");
  exports.serve(thread, threads, scratch);
};
if (typeof self === "undefined") {
  const { parentPort } = require("node:worker_threads");
  parentPort.once("message", (data) => start((text) => parentPort.postMessage(text), data));
} else {
  self.onmessage = ({ data }) => start((text) => self.postMessage(text), data);
}
`;

/** A worker that answers and does nothing else. */
export const TRIAL_SOURCE = `
if (typeof self === "undefined") {
  const { parentPort } = require("node:worker_threads");
  parentPort.once("message", () => parentPort.postMessage("ready"));
} else {
  self.onmessage = () => self.postMessage("ready");
}
`;
