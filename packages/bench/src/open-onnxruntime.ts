import type { InferenceSession, TensorConstructor } from "onnxruntime-node";
import type { Contestant } from "./contestant.js";
import type { OnnxEngine } from "./engine.js";
import { importRival } from "./import-rival.js";
import { toNchw } from "./onnx/layouts.js";
import { INPUT, networkToOnnx, OUTPUT } from "./onnx/network-to-onnx.js";
import { encodeOnnx } from "./onnx/onnx-file.js";
import { foldedTensors, inputOf, inputShape, specOf, type Task } from "./task.js";

interface Runtime {
  readonly version: string;
  readonly provider: "cpu" | "wasm";
  readonly create: (model: Uint8Array, options: InferenceSession.SessionOptions) => Promise<InferenceSession>;
  readonly Tensor: TensorConstructor;
}

const RUNTIMES: Record<OnnxEngine["kind"], (threads: number) => Promise<Runtime>> = {
  "onnxruntime-node": async () => {
    const { env, InferenceSession, Tensor } = await importRival("onnxruntime-node", () => import("onnxruntime-node"));
    return { version: env.versions.node ?? "?", provider: "cpu", create: InferenceSession.create, Tensor };
  },
  "onnxruntime-web": async (threads) => {
    const { env, InferenceSession, Tensor } = await importRival("onnxruntime-web", () => import("onnxruntime-web"));
    // Read once, when the first session is made: two thread counts need two processes.
    env.wasm.numThreads = threads;
    return { version: env.versions.web ?? "?", provider: "wasm", create: InferenceSession.create, Tensor };
  },
};

/** ONNX Runtime with all its graph optimisations, on a file written from the same weights. */
export async function openOnnxruntime({ kind, threads }: OnnxEngine, task: Task): Promise<Contestant> {
  const runtime = await RUNTIMES[kind](threads);
  const model = encodeOnnx(networkToOnnx(specOf(task), foldedTensors(task), task.batch, task.size));
  const session = await runtime.create(model, {
    executionProviders: [runtime.provider],
    graphOptimizationLevel: "all",
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  });
  const [n, height, width, channels] = inputShape(task);
  const input = new runtime.Tensor("float32", toNchw(inputOf(task), inputShape(task)), [n, channels, height, width]);
  return {
    description: `${kind} ${runtime.version}, ${runtime.provider}, intra-op threads ${threads}`,
    async run() {
      const answers = await session.run({ [INPUT]: input });
      return answers[OUTPUT]?.data as Float32Array;
    },
    close: () => session.release(),
  };
}
