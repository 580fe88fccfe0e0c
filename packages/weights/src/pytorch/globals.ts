import { EfficientNetError } from "@efficientnet/errors";
import { damaged, type PickleMachine, wrongType } from "./pickle-machine.js";
import { opaque, type PickleDict, type PickleValue, printable } from "./pickle-value.js";
import { isKind, rebuildParameter, rebuildTensor, rebuildTensorV3 } from "./rebuild-tensor.js";

/** Builds the plain data that stands for the result of a call. */
type Construct = (args: readonly PickleValue[], machine: PickleMachine) => PickleValue;

/** What makes tensors and parameters. */
const REBUILDS: ReadonlyMap<string, Construct> = new Map<string, Construct>([
  ["torch._utils._rebuild_tensor", rebuildTensor],
  ["torch._utils._rebuild_tensor_v2", rebuildTensor],
  ["torch._utils._rebuild_tensor_v3", rebuildTensorV3],
  ["torch._utils._rebuild_parameter", rebuildParameter],
  ["torch._utils._rebuild_parameter_with_state", rebuildParameter],
  ["torch.nn.parameter.Parameter", rebuildParameter],
]);

const CONTAINERS: ReadonlyMap<string, Construct> = new Map<string, Construct>([
  ["torch._tensor._rebuild_from_type_v2", rebuildFromType],
  ["torch.Size", ([sizes = null]) => sizes],
  ["collections.OrderedDict", ([pairs], machine) => dictOf(pairs, machine)],
  ["collections.Counter", ([pairs], machine) => dictOf(pairs, machine)],
  ["collections.defaultdict", ([, pairs], machine) => dictOf(pairs, machine)],
]);

/** Objects that training scripts leave beside the weights, and that have no meaning here. */
const HARMLESS: ReadonlySet<string> = new Set([
  "argparse.Namespace",
  "types.SimpleNamespace",
  "pathlib.Path",
  "pathlib.PosixPath",
  "pathlib.WindowsPath",
  "pathlib.PurePosixPath",
  "torch.device",
  "_codecs.encode",
  "builtins.set",
  "builtins.frozenset",
  "builtins.bytearray",
  "builtins.complex",
  "__builtin__.set",
  "__builtin__.frozenset",
  "numpy.dtype",
  "numpy.ndarray",
  ...["numpy.core", "numpy._core"].flatMap((core) => [`${core}.multiarray.scalar`, `${core}.multiarray._reconstruct`]),
  ...["Float64", "Float32", "Float16", "Int64", "Int32", "Bool"].map((type) => `numpy.dtypes.${type}DType`),
]);

/**
 * The data that stands for calling a global. Only names on the lists above may be called; any other is refused, though
 * it may be mentioned, since a name that is never called does nothing.
 *
 * @throws `wrong-file` naming what the pickle wanted to call.
 */
export function callGlobal(callee: PickleValue, args: PickleValue, machine: PickleMachine): PickleValue {
  if (!isKind(callee, "global")) throw wrongType("make a call", "the name of a class or function", callee);
  const construct = REBUILDS.get(callee.name) ?? CONTAINERS.get(callee.name);
  if (!isKind(args, "tuple")) throw wrongType("make a call", "a tuple of arguments", args);
  if (construct !== undefined) return construct(args.items, machine);
  if (HARMLESS.has(callee.name)) return opaque(callee.name);
  throw refusedCall(callee.name);
}

export function refusedCall(name: string): EfficientNetError {
  return new EfficientNetError("wrong-file", `the pickle wants to call ${printable(name)}, which no weights need`, {
    hint: "nothing was run; if the file is yours, save model.state_dict() alone, and if not, open it with nothing else",
  });
}

/** `_rebuild_from_type_v2(function, type, args, state)`: tensors of a subclass, or with attributes. */
function rebuildFromType([callee = null, , args = null]: readonly PickleValue[], machine: PickleMachine): PickleValue {
  const construct = isKind(callee, "global") ? REBUILDS.get(callee.name) : undefined;
  if (construct !== undefined && isKind(args, "tuple")) return construct(args.items, machine);
  if (isKind(callee, "global")) throw refusedCall(callee.name);
  throw wrongType("make a tensor", "the name of a function", callee);
}

/** From nothing, another dict, or a list of pairs. */
function dictOf(source: PickleValue | undefined, machine: PickleMachine): PickleDict {
  const dict: PickleDict = { kind: "dict", entries: new Map() };
  if (source === undefined) return dict;
  if (isKind(source, "dict")) {
    machine.spend(source.entries.size);
    return { kind: "dict", entries: new Map(source.entries) };
  }
  if (!isKind(source, "list")) throw wrongType("make a dict", "a list of pairs", source);
  machine.spend(source.items.length);
  for (const pair of source.items) {
    const [key, value] = isKind(pair, "list") || isKind(pair, "tuple") ? pair.items : [];
    if (key === undefined || value === undefined) throw wrongType("make a dict", "a list of pairs", pair);
    setItem(dict, key, value);
  }
  return dict;
}

/** Sets an item of a dict; the items of opaque objects are dropped. */
export function setItem(target: PickleValue, key: PickleValue, value: PickleValue): void {
  if (isKind(target, "opaque")) return;
  if (!isKind(target, "dict")) throw wrongType("set an item", "a dict", target);
  if (target.entries.has(key)) throw damaged("sets an item of a dict twice");
  target.entries.set(key, value);
}
