import { unknownName } from "@efficientnet/errors";
import type { Runtime } from "./runtime.js";

/** The backends that can be prepared, fastest first. */
export const BACKEND_NAMES = ["webgpu", "webgl", "wasm", "cpu"] as const;

/** The name of a backend, as tfjs has it. */
export type BackendName = (typeof BACKEND_NAMES)[number];

/** What `"auto"` tries, in order. In Node webgpu is tried only when asked for by name: it needs an optional package. */
export const AUTO_ORDER: Readonly<Record<Runtime, readonly BackendName[]>> = {
  browser: ["webgpu", "webgl", "wasm", "cpu"],
  node: ["wasm", "cpu"],
};

/** True for the name of a backend. */
export function isBackendName(name: string): name is BackendName {
  return (BACKEND_NAMES as readonly string[]).includes(name);
}

/**
 * The backends to try, in order, for what a caller asked.
 *
 * @throws `unknown-name` for a name that is not `"auto"` or one of {@link BACKEND_NAMES}.
 */
export function backendOrder(
  asked: BackendName | "auto" | readonly BackendName[],
  runtime: Runtime,
): readonly BackendName[] {
  const names: readonly string[] = typeof asked === "string" ? [asked] : asked;
  if (names.length === 1 && names[0] === "auto") return AUTO_ORDER[runtime];
  return names.map((name) => {
    if (!isBackendName(name)) throw unknownName("backend", name, [...BACKEND_NAMES, "auto"]);
    return name;
  });
}
