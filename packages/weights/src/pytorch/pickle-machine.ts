import { EfficientNetError } from "@efficientnet/errors";
import type { ByteReader } from "./byte-reader.js";
import { describeValue, type PickleValue } from "./pickle-value.js";

/** A checkpoint of 3000 tensors with its optimiser and averages takes some 400,000. */
const MAX_OPERATIONS = 1 << 21;
/** Writers put at most a thousand pairs on the stack at once. */
const MAX_STACK = 1 << 16;
const MAX_MEMO = 1 << 20;

/** Gives meaning to a persistent id: in PyTorch files, a storage or the class of a module. */
export type ResolveId = (id: PickleValue) => PickleValue;

/** The stack, the marks in it and the memo of a pickle, all bounded. */
export interface PickleMachine {
  readonly reader: ByteReader;
  readonly resolveId: ResolveId;
  /** Counts work, so that a short file cannot ask for endless work. */
  spend(operations: number): void;
  push(value: PickleValue): void;
  pop(): PickleValue;
  top(): PickleValue;
  mark(): void;
  /** What was pushed since the last mark, which goes too. */
  popToMark(): PickleValue[];
  discardTop(): void;
  remember(index: number | "next"): void;
  recall(index: number): void;
}

export function pickleMachine(reader: ByteReader, resolveId: ResolveId): PickleMachine {
  const stack: PickleValue[] = [];
  const marks: number[] = [];
  const memo = new Map<number, PickleValue>();
  let operations = 0;
  const peek = () => {
    const value = stack.length > (marks.at(-1) ?? 0) ? stack.at(-1) : undefined;
    if (value === undefined) throw damaged("takes from an empty stack");
    return value;
  };
  const push = (value: PickleValue) => {
    if (stack.length >= MAX_STACK) throw tooMany("values on its stack", MAX_STACK);
    stack.push(value);
  };
  const pop = () => {
    const value = peek();
    stack.pop();
    return value;
  };
  const popToMark = () => {
    const from = marks.pop();
    if (from === undefined) throw damaged("goes back to a mark that is not there");
    return stack.splice(from);
  };
  return {
    reader,
    resolveId,
    spend(count) {
      operations += count;
      if (operations > MAX_OPERATIONS) throw tooMany("operations", MAX_OPERATIONS);
    },
    push,
    pop,
    top: peek,
    mark() {
      if (marks.length >= MAX_STACK) throw tooMany("marks on its stack", MAX_STACK);
      marks.push(stack.length);
    },
    popToMark,
    discardTop() {
      if (marks.at(-1) === stack.length) marks.pop();
      else pop();
    },
    remember(index) {
      memo.set(index === "next" ? memo.size : index, peek());
      if (memo.size > MAX_MEMO) throw tooMany("values in its memo", MAX_MEMO);
    },
    recall(index) {
      const value = memo.get(index);
      if (value === undefined) throw damaged(`recalls value ${index}, which it never remembered`);
      push(value);
    },
  };
}

/** A pickle that no writer produces. */
export function damaged(what: string): EfficientNetError {
  return new EfficientNetError("wrong-file", `the pickle ${what}`, { hint: "the file is damaged" });
}

export function wrongType(operation: string, expected: string, received: PickleValue): EfficientNetError {
  return new EfficientNetError("wrong-file", `the pickle cannot ${operation}`, {
    expected,
    received: describeValue(received),
  });
}

function tooMany(what: string, limit: number): EfficientNetError {
  return new EfficientNetError("wrong-file", `the pickle has too many ${what}`, { expected: `at most ${limit}` });
}
