import { EfficientNetError } from "@efficientnet/errors";
import { callGlobal, refusedCall, setItem } from "./globals.js";
import { damaged, type PickleMachine, wrongType } from "./pickle-machine.js";
import { opaque, type PickleValue } from "./pickle-value.js";
import { isKind } from "./rebuild-tensor.js";

type Operation = (machine: PickleMachine) => void;

/** `.`, which ends a pickle. */
export const STOP = 0x2e;

const push =
  (make: (machine: PickleMachine) => PickleValue): Operation =>
  (machine) =>
    machine.push(make(machine));

/** Bytes mean nothing to weights: they are stepped over. */
const skipBytes = (length: (machine: PickleMachine) => number): Operation =>
  push((machine) => {
    machine.reader.take(length(machine));
    return opaque("bytes");
  });

const tuple = (length: number): Operation =>
  push((machine) => ({ kind: "tuple", items: Array.from({ length }, () => machine.pop()).reverse() }));

/** What an operation does, by the character of its code; everything else is refused. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  "\x80": ({ reader }) => checkProtocol(reader.u8()),
  "\x95": ({ reader }) => void reader.u64(),
  N: push(() => null),
  "\x88": push(() => true),
  "\x89": push(() => false),
  J: push(({ reader }) => reader.i32()),
  K: push(({ reader }) => reader.u8()),
  M: push(({ reader }) => reader.u16()),
  "\x8a": push(({ reader }) => long(reader.take(reader.u8()))),
  G: push(({ reader }) => reader.f64()),
  X: push(({ reader }) => reader.text(reader.u32(), "utf-8")),
  "\x8c": push(({ reader }) => reader.text(reader.u8(), "utf-8")),
  "\x8d": push(({ reader }) => reader.text(reader.u64(), "utf-8")),
  // Strings of Python 2, which may be bytes.
  U: push(({ reader }) => reader.text(reader.u8(), "latin1")),
  T: push(({ reader }) => reader.text(reader.u32(), "latin1")),
  C: skipBytes(({ reader }) => reader.u8()),
  B: skipBytes(({ reader }) => reader.u32()),
  "\x8e": skipBytes(({ reader }) => reader.u64()),
  "\x96": skipBytes(({ reader }) => reader.u64()),

  "(": (machine) => machine.mark(),
  "0": (machine) => machine.discardTop(),
  "1": (machine) => void machine.popToMark(),
  "2": push((machine) => machine.top()),
  q: (machine) => machine.remember(machine.reader.u8()),
  r: (machine) => machine.remember(machine.reader.u32()),
  "\x94": (machine) => machine.remember("next"),
  h: (machine) => machine.recall(machine.reader.u8()),
  j: (machine) => machine.recall(machine.reader.u32()),

  ")": tuple(0),
  "\x85": tuple(1),
  "\x86": tuple(2),
  "\x87": tuple(3),
  t: push((machine) => ({ kind: "tuple", items: machine.popToMark() })),
  "]": push(() => ({ kind: "list", items: [] })),
  l: push((machine) => ({ kind: "list", items: machine.popToMark() })),
  a: (machine) => append(machine, [machine.pop()]),
  e: (machine) => append(machine, machine.popToMark()),
  "}": push(() => ({ kind: "dict", entries: new Map() })),
  s: (machine) => setItems(machine, [machine.pop(), machine.pop()].reverse()),
  u: (machine) => setItems(machine, machine.popToMark()),
  // Sets hold no weights.
  "\x8f": push(() => opaque("set")),
  "\x90": (machine) => append(machine, machine.popToMark()),
  "\x91": push((machine) => {
    machine.popToMark();
    return opaque("set");
  }),

  c: push(({ reader }) => global(reader.line(), reader.line())),
  "\x93": push((machine) => {
    const name = machine.pop();
    return global(machine.pop(), name);
  }),
  Q: push((machine) => machine.resolveId(machine.pop())),
  R: push(call),
  "\x81": push(call),
  "\x92": push((machine) => {
    machine.pop();
    return call(machine);
  }),
  b: build,
};

/**
 * Performs one operation.
 *
 * @throws `wrong-file` for an operation that is not on the list.
 */
export function perform(code: number, machine: PickleMachine): void {
  machine.spend(1);
  const character = String.fromCharCode(code);
  const operation = Object.hasOwn(OPERATIONS, character) ? OPERATIONS[character] : undefined;
  if (operation === undefined) {
    throw damaged(`has operation 0x${code.toString(16).padStart(2, "0")}, which PyTorch does not write`);
  }
  operation(machine);
}

function checkProtocol(protocol: number): void {
  if (protocol >= 2 && protocol <= 5) return;
  throw new EfficientNetError("unsupported", `the pickle is of protocol ${protocol}`, { expected: "2 to 5" });
}

/** Little-endian two's complement of any length up to 255 bytes. */
function long(bytes: Uint8Array): PickleValue {
  let value = 0n;
  for (const [index, byte] of bytes.entries()) value |= BigInt(byte) << BigInt(8 * index);
  const signed = BigInt.asIntN(8 * bytes.length, value);
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}

function global(module: PickleValue, name: PickleValue): PickleValue {
  if (typeof module === "string" && typeof name === "string") return { kind: "global", name: `${module}.${name}` };
  throw wrongType("name a global", "two strings", typeof module === "string" ? name : module);
}

function call(machine: PickleMachine): PickleValue {
  const args = machine.pop();
  return callGlobal(machine.pop(), args, machine);
}

/** The state of an object: `_metadata` of a state dict, the options in a namespace. Nothing of it is kept. */
function build(machine: PickleMachine): void {
  machine.pop();
  const target = machine.top();
  if (isKind(target, "global")) throw refusedCall(target.name);
  if (!isKind(target, "dict") && !isKind(target, "opaque")) throw wrongType("restore a state", "an object", target);
}

function append(machine: PickleMachine, items: readonly PickleValue[]): void {
  const target = machine.top();
  if (isKind(target, "opaque")) return;
  if (!isKind(target, "list")) throw wrongType("append", "a list", target);
  for (const item of items) target.items.push(item);
}

function setItems(machine: PickleMachine, items: readonly PickleValue[]): void {
  const target = machine.top();
  if (items.length % 2 === 1) throw damaged("sets a key without a value");
  for (let at = 0; at < items.length; at += 2) setItem(target, items[at] ?? null, items[at + 1] ?? null);
}
