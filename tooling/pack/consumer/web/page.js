import { createWorkerClient, load } from "efficientnet/wasm";

const options = { weights: { seed: 1 }, classes: 3, labels: ["a", "b", "c"], threads: 2 };
const data = Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => i % 251);
const picture = { data, width: 64, height: 48, channels: 3 };

/** How a network runs, and the classes of one picture. */
async function answerOf(network) {
  const classes = await network.classify(picture);
  return { runs: network.backend.description, classes };
}

async function answers() {
  const ownWorker = new Worker(new URL("./own-worker.js", import.meta.url), { type: "module" });
  using readyMade = createWorkerClient();
  using own = createWorkerClient({ worker: ownWorker });
  return {
    page: await answerOf(await load("test-efficientnet", options)),
    readyMade: await answerOf(await readyMade.load("test-efficientnet", options)),
    own: await answerOf(await own.load("test-efficientnet", options)),
  };
}

globalThis.api = { answers };
