import { BACKEND_NAMES, type PreparedBackend, prepareBackend } from "@efficientnet/backends";
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

/** Where networks are timed, and the backend of tfjs below it, which is what can train; null below the engine. */
export interface OpenDevice {
  readonly device: Device;
  readonly backend: PreparedBackend | null;
}

/** @throws `unknown-name` with near matches; as `prepareBackend` does. */
export async function openDevice({ backend: name, threads }: DeviceOptions): Promise<OpenDevice> {
  if (name === "engine") return { device: await engineDevice({ threads }), backend: null };
  if (!DEVICES.some((one) => one === name)) throw unknownName("backend", name, DEVICES);
  const backend = await prepareBackend(checkBackend(name));
  return { device: tfjsDevice(backend), backend };
}
