/** Flags of Node with which a worker thread runs this repository's source. */
export const THREAD_FLAGS = [
  "--conditions=@efficientnet/source",
  "--import",
  new URL("../../../../tooling/start/threads.mjs", import.meta.url).href,
];
