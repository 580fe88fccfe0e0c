import { BACKEND_NAMES, type BackendName, isBackendName } from "@efficientnet/backends";
import { unknownName } from "@efficientnet/errors";

/** @throws `unknown-name` with near matches. */
export function checkBackend(name: string): BackendName | "auto" {
  if (name === "auto" || isBackendName(name)) return name;
  throw unknownName("backend", name, ["auto", ...BACKEND_NAMES]);
}
