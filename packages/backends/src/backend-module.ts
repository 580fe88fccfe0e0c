import { EfficientNetError } from "@efficientnet/errors";
import type { BackendName } from "./backend-name.js";
import type { Availability } from "./capability.js";
import type { PreparedBackend } from "./prepared-backend.js";

/** One backend: what this machine offers for it, and how to prepare it. */
export interface BackendModule<Name extends BackendName, Options> {
  readonly name: Name;
  /** Looks without importing the tfjs backend or initialising it. */
  probe(options?: Options): Promise<Availability<Name>>;
  /**
   * Imports the tfjs backend, initialises it and makes it active.
   *
   * @throws `missing-peer` when a package is not installed, `no-backend` when it cannot run here.
   */
  prepare(options?: Options): Promise<PreparedBackend<Name>>;
}

/** The error of a backend that cannot run here. */
export function noBackend(name: BackendName, reason: string, hint: string, cause?: unknown): EfficientNetError {
  return new EfficientNetError("no-backend", `the ${name} backend cannot run here: ${reason}`, { hint, cause });
}

/** The detail of an available backend. @throws `no-backend` with the reason and the hint. */
export function requireAvailable<Name extends BackendName>(name: Name, availability: Availability<Name>) {
  if (!availability.available) throw noBackend(name, availability.reason, availability.hint);
  return availability.detail;
}

/** The message of anything that was thrown; tfjs also throws plain objects and strings. */
export function messageOf(thrown: unknown): string {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) return String(thrown.message);
  return String(thrown);
}
