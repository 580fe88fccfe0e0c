/** Where the code runs. A web worker counts as a browser. */
export type Runtime = "browser" | "node";

/** Node when there is a Node process and no document, a browser otherwise. */
export function detectRuntime(): Runtime {
  const isNode = typeof process === "object" && typeof process.versions?.node === "string";
  return isNode && typeof document === "undefined" ? "node" : "browser";
}
