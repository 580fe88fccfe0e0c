import { parentPort } from "node:worker_threads";
import { openFiles } from "./data/folder-dataset.js";
import { type DataPort, serveSources } from "./data/serve-dataset.js";

if (parentPort !== null) serveSources(parentPort as unknown as DataPort, { openFiles });
