import { byteReader } from "./byte-reader.js";
import { perform, STOP } from "./opcodes.js";
import { pickleMachine, type ResolveId } from "./pickle-machine.js";
import type { PickleValue } from "./pickle-value.js";

/**
 * Reads one pickle (protocols 2 to 5) as plain data and says where it ends. Nothing is imported, called or
 * instantiated: classes and functions are text, and the few calls that weights need are replaced by data.
 *
 * @throws `wrong-file` for damage, for a call to anything else (naming it), and beyond the bounds of `pickleMachine`.
 */
export function readPickle(
  bytes: Uint8Array,
  start: number,
  resolveId: ResolveId,
): { readonly value: PickleValue; readonly end: number } {
  const reader = byteReader(bytes, start);
  const machine = pickleMachine(reader, resolveId);
  for (let code = reader.u8(); code !== STOP; code = reader.u8()) perform(code, machine);
  return { value: machine.pop(), end: reader.position() };
}
