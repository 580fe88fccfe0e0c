export * from "./exports.js";
export { load } from "./load-wasm.js";
export type { WasmLoadOptions } from "./wasm-load-options.js";
export { createWorkerClient, type WorkerClient, type WorkerClientOptions } from "./worker/create-worker-client.js";
export type { MessageEmitter, MessageTarget } from "./worker/port.js";
export type { WorkerLoadOptions } from "./worker/send-options.js";
export { serveNetworks } from "./worker/serve-networks.js";
