import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BackendName } from "@efficientnet/backends";
import { prepareBackend } from "@efficientnet/backends";
import { openPage } from "@efficientnet-tooling/chromium";
import { load } from "efficientnet/node";
import { answerPictures, type PictureAnswers, type PictureRequest } from "./answer-pictures.js";
import { checkBlock } from "./check-block.js";
import { checkEngines } from "./check-engine.js";
import { checkNet, type NetReport } from "./check-net.js";
import { checkSteps } from "./check-steps.js";
import { type FileRequest, logitsOfFile } from "./file-logits.js";
import type { NetGolden } from "./net-golden.js";
import type { BlockGolden, BlocksGolden, StepsGolden, TensorReport } from "./train-golden.js";

/** Where goldens can be checked: tfjs's backends, or the engine on WebAssembly that needs no tfjs. */
export type RunnerName = BackendName | "engine";

/** What needs a backend, run in this process or in a page of a headless Chromium. */
export interface Runner {
  readonly backend: RunnerName;
  checkNet(golden: NetGolden): Promise<NetReport>;
  checkBlock(name: string, golden: BlockGolden, norm: BlocksGolden["batchNorm"]): Promise<readonly TensorReport[]>;
  checkSteps(golden: StepsGolden): Promise<readonly TensorReport[]>;
  answerPictures(request: PictureRequest): Promise<PictureAnswers>;
  logitsOfFile(request: FileRequest): Promise<Float32Array>;
  close(): Promise<void>;
}

/** webgl and webgpu run where users have them, in a browser; the others run here. */
export async function openRunner(backend: RunnerName): Promise<Runner> {
  if (backend === "engine") return openEngineRunner();
  return backend === "webgl" || backend === "webgpu" ? openBrowserRunner(backend) : openNodeRunner(backend);
}

function openEngineRunner(): Runner {
  const refuse = () => Promise.reject(new Error("the engine checks networks only; take --backend wasm"));
  return {
    backend: "engine",
    async checkNet(golden) {
      const [report] = await checkEngines(golden, [{}]);
      return report!;
    },
    checkBlock: refuse,
    checkSteps: refuse,
    answerPictures: refuse,
    logitsOfFile: refuse,
    close: async () => undefined,
  };
}

async function openNodeRunner(backend: "wasm" | "cpu"): Promise<Runner> {
  const prepared = await prepareBackend(backend);
  return {
    backend,
    checkNet: (golden) => prepared.guard(() => checkNet(golden)),
    checkBlock: (...args) => prepared.guard(() => checkBlock(...args)),
    checkSteps: (golden) => prepared.guard(() => checkSteps(golden)),
    logitsOfFile: (request) => prepared.guard(() => logitsOfFile(request)),
    answerPictures: (request) => answerPictures(load, async (path) => path, request, prepared),
    close: async () => prepared.dispose(),
  };
}

async function openBrowserRunner(backend: "webgl" | "webgpu"): Promise<Runner> {
  const page = await openPage({
    entry: fileURLToPath(new URL("page.ts", import.meta.url)),
    files: { "/machine": resolve("/") },
  });
  const served = (path: string) => `/machine${resolve(path)}`;
  await page.call("prepare", backend);
  return {
    backend,
    checkNet: (golden) => page.call("checkNet", golden),
    checkBlock: (...args) => page.call("checkBlock", ...args),
    checkSteps: (golden) => page.call("checkSteps", golden),
    logitsOfFile: ({ files, ...request }) => page.call("logitsOfFile", request, [...files.keys()], ...files.values()),
    answerPictures: ({ weights, pictures, ...request }) =>
      page.call("answerPictures", { ...request, weights: served(weights), pictures: pictures.map(served) }),
    close: () => page.close(),
  };
}
