/** One thing to be good at: how to read it from an item, and which way is better. */
export interface Objective<Item> {
  readonly goal: "maximise" | "minimise";
  readonly value: (item: Item) => number;
}

/** The value of an objective with the sign that makes less better. */
const losses = <Item>(item: Item, objectives: readonly Objective<Item>[]) =>
  objectives.map(({ goal, value }) => (goal === "minimise" ? value(item) : -value(item)));

/** Whether `a` is at least as good as `b` in every objective and better in one. */
export function dominates<Item>(a: Item, b: Item, objectives: readonly Objective<Item>[]): boolean {
  return isBelow(losses(a, objectives), losses(b, objectives));
}

function isBelow(a: readonly number[], b: readonly number[]): boolean {
  const pairs = a.map((loss, axis) => [loss, b[axis] ?? loss] as const);
  return pairs.every(([one, other]) => one <= other) && pairs.some(([one, other]) => one < other);
}

/**
 * The items that no other dominates, in their order; of equals, all. An item with a value that is not a number is never
 * on the front.
 */
export function paretoFront<Item>(items: readonly Item[], objectives: readonly Objective<Item>[]): readonly Item[] {
  const measured = items
    .map((item) => ({ item, at: losses(item, objectives) }))
    .filter(({ at }) => !at.some(Number.isNaN));
  return measured.filter(({ at }) => !measured.some((other) => isBelow(other.at, at))).map(({ item }) => item);
}
