import { beforeAll, describe, expect, it } from "vitest";
import { convertApi } from "./convert-api.js";
import { namedExports } from "./named-exports.js";
import { readmes } from "./readmes.js";

describe("namedExports", () => {
  it("reads functions and capitalised names in the first column under API, not methods, codes or prose", () => {
    const readme = [
      "## API",
      "| export | does |",
      "| --- | --- |",
      "| `load(model, { weights })`, `Picture` | as `read(x)` |",
      "| `net.classify(x)`, `disposed` | answers |",
      "## Numbers and traps",
      "| `later(x)` | no |",
    ];
    expect(namedExports(readme.join("\n"))).toEqual(["load", "Picture"]);
  });
});

describe("the API table", () => {
  const exported = new Map<string, readonly string[]>();

  beforeAll(async () => {
    const { project } = await convertApi();
    for (const { name, children = [] } of project.children ?? [])
      exported.set(
        name,
        children.map(({ name }) => name),
      );
  });

  for (const { path, specifiers, text } of readmes()) {
    const named = namedExports(text);
    if (named.length === 0) continue;
    it(`of ${path} names what is exported`, () => {
      const known = new Set(specifiers.flatMap((specifier) => exported.get(specifier) ?? []));
      expect(named.filter((name) => !known.has(name))).toEqual([]);
    });
  }
});
