import type { BackendName } from "@efficientnet/backends";
import * as tf from "@tensorflow/tfjs-core";
import { fineTune } from "../index.js";
import { COLOURED, colouredPicture } from "../testing/coloured-pictures.js";

const api = {
  run: async (backend: BackendName) => {
    const before = tf.engine().state.numTensors;
    const options = { weights: { seed: 1 }, imageSize: 48, epochs: 30, backend, wasmPaths: "/wasm/" } as const;
    const { network, test, weights } = await fineTune("test-efficientnet", COLOURED, options);
    const [best] = await network.classify(colouredPicture(2, 30));
    const { name } = network.backend;
    network.dispose();
    const left = tf.engine().state.numTensors - before;
    return { name, best: best?.label, accuracy: test?.accuracy, bytes: weights.length, left };
  },
};

Object.assign(globalThis, { api });
