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
