import { type PreparedBackend, prepareBackend } from "@efficientnet/backends";
import { load } from "efficientnet";
import { answerPictures, type PictureRequest } from "./answer-pictures.js";
import { checkBlock } from "./check-block.js";
import { checkNet } from "./check-net.js";
import { checkSteps } from "./check-steps.js";
import { type FileRequest, logitsOfFile } from "./file-logits.js";
import type { NetGolden } from "./net-golden.js";
import type { StepsGolden } from "./train-golden.js";

let backend: PreparedBackend | undefined;

const api = {
  prepare: async (name: "webgl" | "webgpu") => {
    backend = await prepareBackend(name);
  },
  checkNet: (golden: NetGolden) => backend?.guard(() => checkNet(golden)),
  checkBlock: (...args: Parameters<typeof checkBlock>) => backend?.guard(() => checkBlock(...args)),
  checkSteps: (golden: StepsGolden) => backend?.guard(() => checkSteps(golden)),
  logitsOfFile: (request: Omit<FileRequest, "files">, names: readonly string[], ...bytes: readonly Uint8Array[]) => {
    const files = new Map(names.map((name, i) => [name, bytes[i] ?? new Uint8Array()]));
    return backend?.guard(() => logitsOfFile({ ...request, files }));
  },
  /** As a page does it: weights and pictures fetched, pictures decoded by the browser. */
  answerPictures: (request: PictureRequest) => {
    if (backend === undefined) throw new Error("prepare a backend first");
    return answerPictures(load, async (path) => (await fetch(path)).blob(), request, backend);
  },
};

Object.assign(globalThis, { api });
