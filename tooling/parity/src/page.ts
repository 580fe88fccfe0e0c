import { type PreparedBackend, prepareBackend } from "@efficientnet/backends";
import { load } from "efficientnet";
import { checkNet } from "./check-net.js";
import { type FileRequest, logitsOfFile } from "./file-logits.js";
import type { NetGolden } from "./net-golden.js";
import type { EmbedRequest } from "./runner.js";

let backend: PreparedBackend | undefined;

const api = {
  prepare: async (name: "webgl" | "webgpu") => {
    backend = await prepareBackend(name);
  },
  checkNet: (golden: NetGolden) => backend?.guard(() => checkNet(golden)),
  logitsOfFile: (request: Omit<FileRequest, "files">, names: readonly string[], ...bytes: readonly Uint8Array[]) => {
    const files = new Map(names.map((name, i) => [name, bytes[i] ?? new Uint8Array()]));
    return backend?.guard(() => logitsOfFile({ ...request, files }));
  },
  /** As a page does it: weights and pictures fetched, pictures decoded by the browser. */
  embed: async ({ model, weights, pictures }: EmbedRequest) => {
    using net = await load(model, { weights, backend });
    const embeddings: Float32Array[] = [];
    for (const picture of pictures) embeddings.push(await net.embed(await (await fetch(picture)).blob()));
    return embeddings;
  },
};

Object.assign(globalThis, { api });
