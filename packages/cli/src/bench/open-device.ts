import { BACKEND_NAMES, prepareBackend } from "@efficientnet/backends";
import { unknownName } from "@efficientnet/errors";
import { type Device, engineDevice, tfjsDevice } from "@efficientnet/search";
import { checkBackend } from "../network/check-backend.js";

/** What networks can be timed on, by name: tfjs's backends, and the engine that needs no tfjs. */
const DEVICES = ["auto", ...BACKEND_NAMES, "engine"] as const;

export interface DeviceOptions {
  readonly backend: string;
  /** Of the engine; tfjs has its own. */
  readonly threads?: number;
}

/** @throws `unknown-name` with near matches; as `prepareBackend` does. */
export async function openDevice({ backend, threads }: DeviceOptions): Promise<Device> {
  if (backend === "engine") return engineDevice({ threads });
  if (!DEVICES.some((name) => name === backend)) throw unknownName("backend", backend, DEVICES);
  return tfjsDevice(await prepareBackend(checkBackend(backend)));
}
