// Loaded beside tsx, which takes care of the main thread and of child processes but not of worker threads.
import { isMainThread } from "node:worker_threads";
import { register } from "tsx/esm/api";

if (!isMainThread) register();
