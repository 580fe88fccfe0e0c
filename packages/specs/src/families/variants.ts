import { type ScaleSpecOptions, scaleSpec } from "../scale-spec.js";
import type { ArchitectureSpec } from "../types.js";

/** Variants by name; a spec is made when it is asked for. */
export type Variants<Name extends string> = Readonly<Record<Name, () => ArchitectureSpec>>;

/** Turns a table of coefficients, keyed by variant name, into variants. */
export function variantsOf<const Name extends string, Row>(
  table: Readonly<Record<Name, Row>>,
  build: (name: Name, row: Row) => ArchitectureSpec,
): Variants<Name> {
  const names = Object.keys(table) as Name[];
  return Object.fromEntries(names.map((name) => [name, () => build(name, table[name])])) as Variants<Name>;
}

/** Width, depth, resolution, dropout: the columns of the released coefficient tables. */
export type Coefficients = readonly [width: number, depth: number, resolution: number, dropout: number];

/** Variants that scale one base in width, depth and resolution together. */
export function scaledVariants<const Name extends string>(
  table: Readonly<Record<Name, Coefficients>>,
  base: () => ArchitectureSpec,
  keep: NonNullable<ScaleSpecOptions["keep"]> = {},
): Variants<Name> {
  return variantsOf(table, (name, [widthCoefficient, depthCoefficient, resolution, dropoutRate]) =>
    scaleSpec(base(), { name, widthCoefficient, depthCoefficient, resolution, dropoutRate, keep }),
  );
}
