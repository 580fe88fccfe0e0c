import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { createTrainer, fit, resumeTrainer } from "../index.js";
import { storeCheckpoint } from "../node.js";
import { TINY_SETTINGS, tinyPipeline } from "../testing/settings.js";
import { tinyNetwork } from "../testing/tiny-network.js";

// Trains and kills itself: right after a step, or while a checkpoint is being written.
const [, , path = "", dies, at] = process.argv;
const die = () => process.kill(process.pid, "SIGKILL");
const dieWhileWriting = () => (readdirSync(dirname(path)).length > 1 ? die() : setImmediate(dieWhileWriting));

await tf.setBackend("wasm");
const trainer = existsSync(path)
  ? await resumeTrainer(readFileSync(path))
  : await createTrainer({ ...tinyNetwork(), settings: TINY_SETTINGS });
console.log(`from step ${trainer.position.step}`);
await fit(trainer, {
  train: tinyPipeline(),
  checkpointEvery: 0,
  onRow: (row) => {
    if (dies === "step" && row.kind === "step" && row.step === Number(at)) die();
  },
  saveCheckpoint: async (bytes, { step }) => {
    if (dies === "write" && step === Number(at)) dieWhileWriting();
    await storeCheckpoint(path, bytes);
  },
});
console.log(`to step ${trainer.position.step}`);
