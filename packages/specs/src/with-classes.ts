import { deepFreeze } from "./deep-freeze.js";
import type { ArchitectureSpec } from "./types.js";
import { validateSpec } from "./validate-spec.js";

/**
 * The same network with another classifier; `null` leaves it out, so that the answer is the pooled embedding.
 *
 * @throws `invalid-argument` when `classes` is not a positive integer or null.
 */
export function withClasses(spec: ArchitectureSpec, classes: number | null): ArchitectureSpec {
  const changed: ArchitectureSpec = { ...spec, head: { ...spec.head, classes } };
  validateSpec(changed);
  return deepFreeze(changed);
}
