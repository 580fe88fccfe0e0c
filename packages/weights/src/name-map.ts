import { EfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, type TensorRole, type TensorShape, tensorShapes } from "@efficientnet/specs";
import { FAMILIES } from "./families/families.js";
import type { Family, FamilyNames } from "./families/family.js";
import { layerOf } from "./families/layer-of.js";
import { foldNorms } from "./folded-norms.js";

/** One array of a network under its canonical and its foreign name. */
export interface NameMapping {
  readonly canonical: string;
  readonly shape: readonly number[];
  readonly foreign: string;
  /** Shape as the file states it. */
  readonly foreignShape: readonly number[];
  /** Shape the foreign values are laid out in; differs from `foreignShape` only where a family flattens (CondConv). */
  readonly foreignLayout: readonly number[];
  /** Axis i of the canonical array is axis `permutation[i]` of the foreign layout. */
  readonly permutation: readonly number[];
}

/**
 * Every array of a network with its name and shape in a family, in forward order: one to one, so it serves reading and
 * writing alike.
 *
 * @throws `unsupported` when the family has no name for a part of the network, such as CondConv in Keras.
 */
export function nameMap(family: Family, spec: ArchitectureSpec): readonly NameMapping[] {
  return nameMapOf(family, spec, new Map());
}

/** The same for one file, by its names: a convolution that holds its batch norm has a bias there and no norm. */
export function nameMapOf(
  family: Family,
  spec: ArchitectureSpec,
  file: ReadonlyMap<string, unknown>,
): readonly NameMapping[] {
  const { mapped, unnamed } = mapNames(family, spec, file);
  const [first] = unnamed;
  if (first === undefined) return mapped;
  throw new EfficientNetError("unsupported", `${family} has no name for ${first} of ${spec.name}`);
}

/** The same without judgement: what the family can name, and the canonical names of the rest. */
export function mapNames(
  family: Family,
  spec: ArchitectureSpec,
  file: ReadonlyMap<string, unknown>,
): { readonly mapped: readonly NameMapping[]; readonly unnamed: readonly string[] } {
  const names = FAMILIES[family];
  const layers = new Map([...names.layers(spec), ["classifier", names.classifier]]);
  const inFile = (layer: string, role: TensorRole) =>
    file.has(`${layers.get(layer)}${names.separator}${names.parameters[role]}`);
  const tensors = foldNorms(tensorShapes(spec), inFile);
  return {
    mapped: tensors.flatMap((tensor) => {
      const layer = layers.get(layerOf(tensor.name));
      return layer === undefined ? [] : [mapTensor(names, layer, tensor)];
    }),
    unnamed: tensors.map(({ name }) => name).filter((name) => !layers.has(layerOf(name))),
  };
}

function mapTensor(names: FamilyNames, layer: string, { name, shape, role }: TensorShape): NameMapping {
  const own = names.axes[role] ?? shape.map((_, axis) => axis);
  // CondConv puts the experts in front in every family.
  const experts = shape.length > own.length;
  const permutation = experts ? [0, ...own.map((axis) => axis + 1)] : own;
  const foreignLayout = shape.map((_, axis) => shape[permutation.indexOf(axis)] ?? 0);
  return {
    canonical: name,
    shape,
    foreign: `${layer}${names.separator}${names.parameters[role]}`,
    foreignShape: experts ? flattenExperts(foreignLayout) : foreignLayout,
    foreignLayout,
    permutation,
  };
}

/** timm keeps the kernels of a CondConv as one row per expert. */
function flattenExperts([experts = 0, ...kernel]: readonly number[]): readonly number[] {
  return [experts, kernel.reduce((product, size) => product * size, 1)];
}
