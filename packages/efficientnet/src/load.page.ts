import type { BackendName } from "@efficientnet/backends";
import * as tf from "@tensorflow/tfjs-core";
import { type EfficientNet, load } from "./index.js";

const countTensors = () => tf.engine().state.numTensors;

/** A canvas of vertical stripes; the browser decodes it back from every form it can have. */
async function stripes() {
  const canvas = new OffscreenCanvas(96, 64);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no 2d context");
  for (let x = 0; x < 96; x += 8) {
    context.fillStyle = x % 16 === 0 ? "#c03020" : "#2040a0";
    context.fillRect(x, 0, 8, 64);
  }
  return {
    canvas,
    imageData: context.getImageData(0, 0, 96, 64),
    bitmap: await createImageBitmap(canvas),
    blob: await canvas.convertToBlob({ type: "image/png" }),
  };
}

const api = {
  /** Answers for one picture in all its forms, and the tensors that each call left behind. */
  run: async (backend: BackendName, address: string) => {
    const before = countTensors();
    const net = await load("test-efficientnet", {
      weights: address,
      backend,
      wasmPaths: "/wasm/",
      labels: ["a", "b", "c"],
    });
    const loaded = countTensors();
    await net.warmUp();
    const pictures = Object.values(await stripes());
    const logits = await net.logits(pictures);
    const [best] = await net.classify(pictures[0]!, { topK: 1 });
    const maps = await net.features(pictures[0]!, { levels: [-1] });
    const embedding = await net.embed(pictures[0]!);
    const failed = await net.classify(new Blob(["no picture"])).catch((error: Error) => error.message);
    const leaked = countTensors() - loaded;
    net.dispose();
    return {
      name: net.backend.name,
      logits: logits.map((row) => [...row]),
      best,
      map: maps[0]?.shape,
      embedding: embedding.length,
      failed,
      leaked,
      left: countTensors() - before,
    };
  },
  /** The backend that a page gets when it names none. */
  choice: async (address: string) => {
    const net: EfficientNet<never> = await load("test-efficientnet", { weights: address });
    const { name } = net.backend;
    net.dispose();
    return name;
  },
  missing: (address: string) => load("test-efficientnet", { weights: address }).then(String, ({ message }) => message),
};

Object.assign(globalThis, { api });
