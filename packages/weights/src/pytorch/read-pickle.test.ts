import { isEfficientNetError } from "@efficientnet/errors";
import { describe, expect, it } from "vitest";
import { readPickle } from "./read-pickle.js";
import { storageTable } from "./storage-id.js";

/** A pickle as its characters: `(` is a mark, `c` names a global, `R` calls, `.` stops. */
const pickle = (operations: string) => Uint8Array.from(`\x80\x02${operations}`, (character) => character.charCodeAt(0));
const read = (operations: string) => readPickle(pickle(operations), 0, storageTable().resolve).value;
const text = (value: string) => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
const STORAGE = `(${text("storage")}ctorch\nFloatStorage\n${text("0")}${text("cpu")}K\x06tQ`;
const tensor = (offset: string, size: string, stride: string) =>
  `ctorch._utils\n_rebuild_tensor_v2\n(${STORAGE}${offset}${size}${stride}\x89ccollections\nOrderedDict\n)RtR`;

function refusal(operations: string): string {
  try {
    read(operations);
  } catch (error) {
    if (isEfficientNetError(error)) return `${error.code}: ${error.message.split("\n  hint")[0]}`;
    throw error;
  }
  return "read";
}

describe("readPickle", () => {
  it("reads numbers of every size", () => {
    const long = "\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19";
    expect(read(`(K\x07M\x01\x02J\xff\xff\xff\xffG\x3f\xe0\0\0\0\0\0\0\x8a\0\x8a\x01\xff${long}t.`)).toEqual({
      kind: "tuple",
      items: [7, 513, -1, 0.5, 0, -1, 0x1950a86a20f9469cfc6cn],
    });
  });

  it("reads nothing, truth, lists, tuples, dicts, sets and strings of both Pythons", () => {
    expect(read(`](N\x88\x89U\x02hi\x8c\x01a)\x85\x8f(K\x01\x90e.`)).toEqual({
      kind: "list",
      items: [
        null,
        true,
        false,
        "hi",
        "a",
        { kind: "tuple", items: [{ kind: "tuple", items: [] }] },
        { kind: "opaque", name: "set" },
      ],
    });
    expect(read(`}(${text("a")}K\x01${text("b")}K\x02u.`)).toEqual({
      kind: "dict",
      entries: new Map([
        ["a", 1],
        ["b", 2],
      ]),
    });
  });

  it("remembers by number and in order, and forgets what is popped", () => {
    expect(read("]q\x05h\x05\x86.")).toEqual({
      kind: "tuple",
      items: [
        { kind: "list", items: [] },
        { kind: "list", items: [] },
      ],
    });
    expect(read("K\x01\x94K\x02\x9400h\x01.")).toBe(2);
    expect(read("K\x01(K\x02K\x031.")).toBe(1);
    expect(read("K\x012\x86.")).toEqual({ kind: "tuple", items: [1, 1] });
  });

  it("takes __proto__ for a key like any other", () => {
    expect(read(`}${text("__proto__")}K\x01s.`)).toEqual({ kind: "dict", entries: new Map([["__proto__", 1]]) });
  });

  it("makes a tensor out of a storage, an offset, sizes and strides", () => {
    expect(read(`${tensor("K\x01", "K\x02K\x02\x86", "K\x02K\x01\x86")}.`)).toEqual({
      kind: "tensor",
      storage: { kind: "storage", key: "0", dtype: "F32", storageLength: 6, offset: 0, length: 6 },
      dtype: "F32",
      offset: 1,
      shape: [2, 2],
      strides: [2, 1],
    });
  });

  it("takes a part of a storage, as files before 1.6 state them, and not beyond it", () => {
    const part = (offset: number, length: number) =>
      `(${text("storage")}ctorch\nFloatStorage\n${text("0")}${text("cpu")}K\x06(${text("1")}K${String.fromCharCode(offset)}K${String.fromCharCode(length)}ttQ.`;
    expect(read(part(2, 4))).toMatchObject({ kind: "storage", key: "0", storageLength: 6, offset: 2, length: 4 });
    expect(refusal(part(3, 4))).toBe(
      'wrong-file: a part of storage "0" lies outside it\n  expected: at most 6 elements\n  received: 4 from element 3',
    );
  });

  it("keeps a name that is only mentioned as text", () => {
    expect(read("cposix\nsystem\n.")).toEqual({ kind: "global", name: "posix.system" });
  });

  it.each([
    ["reduced", `cposix\nsystem\n${text("echo ran")}\x85R.`],
    ["named from the stack", `${text("posix")}${text("system")}\x93${text("echo ran")}\x85R.`],
    ["instantiated", "cposix\nsystem\n)\x81."],
    ["instantiated with keywords", "cposix\nsystem\n)}\x92."],
    ["given a state", "cposix\nsystem\n}b."],
    ["called by a rebuilding function", "ctorch._tensor\n_rebuild_from_type_v2\n(cposix\nsystem\nN)NtR."],
    ["the class of a module", `(${text("module")}cposix\nsystem\nNNtQ)R.`],
  ])("refuses a name that is %s", (_, operations) => {
    expect(refusal(operations)).toBe("wrong-file: the pickle wants to call posix.system, which no weights need");
  });

  it("says what was refused, and that nothing was run", () => {
    expect(() => read("cbuiltins\neval\n)R.")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the pickle wants to call builtins.eval, which no weights need
        hint: nothing was run; if the file is yours, save model.state_dict() alone, and if not, open it with nothing else]
    `);
    expect(refusal("cos\nsystem\x1b[2J\n)R.")).toBe(
      String.raw`wrong-file: the pickle wants to call "os.system\u001b[2J", which no weights need`,
    );
  });

  it("leaves harmless objects of training scripts without content", () => {
    expect(read(`cargparse\nNamespace\n)\x81}${text("lr")}K\x01sb.`)).toEqual({
      kind: "opaque",
      name: "argparse.Namespace",
    });
    expect(read("ccollections\nOrderedDict\n]](K\x01K\x02ea\x85R.")).toEqual({
      kind: "dict",
      entries: new Map([[1, 2]]),
    });
  });

  it.each([
    [
      "an operation of old protocols",
      "I01\n.",
      "wrong-file: the pickle has operation 0x49, which PyTorch does not write",
    ],
    [
      "instances of old protocols",
      "(iposix\nsystem\n.",
      "wrong-file: the pickle has operation 0x69, which PyTorch does not write",
    ],
    ["extension codes", "\x82\x01.", "wrong-file: the pickle has operation 0x82, which PyTorch does not write"],
    ["textual ids", "Pid\n.", "wrong-file: the pickle has operation 0x50, which PyTorch does not write"],
    ["another protocol", "\x80\x06.", "unsupported: the pickle is of protocol 6\n  expected: 2 to 5"],
    ["an empty stack", ".", "wrong-file: the pickle takes from an empty stack"],
    ["a value below a mark", "K\x01(a.", "wrong-file: the pickle takes from an empty stack"],
    ["a mark that is not there", "t.", "wrong-file: the pickle goes back to a mark that is not there"],
    ["a memory that is not there", "h\x07.", "wrong-file: the pickle recalls value 7, which it never remembered"],
    ["a key without a value", "}(K\x01u.", "wrong-file: the pickle sets a key without a value"],
    ["a key twice", "}(K\x01NK\x01Nu.", "wrong-file: the pickle sets an item of a dict twice"],
    [
      "items of a number",
      "K\x01(NNu.",
      "wrong-file: the pickle cannot set an item\n  expected: a dict\n  received: a number",
    ],
    ["appending to a dict", "}Na.", "wrong-file: the pickle cannot append\n  expected: a list\n  received: a dict"],
    [
      "a call of a string",
      `${text("f")})R.`,
      "wrong-file: the pickle cannot make a call\n  expected: the name of a class or function\n  received: a string",
    ],
    [
      "the end inside a string",
      "X\x09\0\0\0abc",
      "wrong-file: the PyTorch file ends too early\n  expected: at least 16 bytes\n  received: 10 bytes",
    ],
    ["a string that is not UTF-8", "X\x01\0\0\0\xff.", "wrong-file: the pickle has a string that is not UTF-8"],
    [
      "a huge string",
      "X\xff\xff\xff\x7f.",
      "wrong-file: the pickle has a string of 2147483647 bytes\n  expected: at most 1048576",
    ],
    ["no end", "N", "wrong-file: the PyTorch file ends too early\n  expected: at least 4 bytes\n  received: 3 bytes"],
    [
      "an unknown id",
      `(${text("file")}tQ.`,
      "wrong-file: the pickle cannot refer to data outside it\n  expected: a storage\n  received: a string",
    ],
  ])("refuses %s", (_, operations, message) => {
    expect(refusal(operations)).toBe(message);
  });

  it.each([
    ["beyond its storage", tensor("K\x03", "K\x02K\x02\x86", "K\x02K\x01\x86")],
    ["by its strides", tensor("K\0", "K\x02K\x02\x86", "K\x05K\x01\x86")],
    ["by repeating an element", tensor("K\0", "K\x07\x85", "K\0\x85")],
    [
      "by a size beyond counting",
      tensor(
        "K\0",
        "\x8a\x07\xff\xff\xff\xff\xff\xff\x0f\x8a\x07\xff\xff\xff\xff\xff\xff\x0f\x86",
        ")".concat("\x85\x85"),
      ),
    ],
    ["with a negative offset", tensor("J\xff\xff\xff\xff", "K\x02\x85", "K\x01\x85")],
    ["with too few strides", tensor("K\0", "K\x02K\x02\x86", "K\x01\x85")],
  ])("refuses a tensor %s", (_, operations) => {
    expect(refusal(`${operations}.`)).toMatch(/^wrong-file: (?:a tensor of shape|the pickle cannot make a tensor)/);
  });

  it("bounds the work, the stack and the marks", () => {
    expect(refusal("N0".repeat(2 ** 20))).toBe(
      "wrong-file: the pickle has too many operations\n  expected: at most 2097152",
    );
    expect(refusal("N".repeat(70_000))).toBe(
      "wrong-file: the pickle has too many values on its stack\n  expected: at most 65536",
    );
    expect(refusal("(".repeat(70_000))).toBe(
      "wrong-file: the pickle has too many marks on its stack\n  expected: at most 65536",
    );
  });

  it("counts what a call copies as work", () => {
    const pairs = `](${Array.from({ length: 30_000 }, (_, key) => `J${String.fromCharCode(key & 255, key >> 8)}\0\0N\x86`).join("")}eq\0`;
    const copies = `ccollections\nOrderedDict\nq\x01${"h\x01h\0\x85R0".repeat(100)}`;
    expect(refusal(`${pairs}${copies}.`)).toBe(
      "wrong-file: the pickle has too many operations\n  expected: at most 2097152",
    );
  });
});
