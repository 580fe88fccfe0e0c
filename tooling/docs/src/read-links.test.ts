import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../start/run.mjs";
import { readLinks } from "./read-links.js";
import { readmes } from "./readmes.js";

describe("links", () => {
  const pages = [
    "CONTRIBUTING.md",
    "tooling/docs/architecture.md",
    "tooling/reference/README.md",
    ...readmes().map(({ path }) => path),
    ...readdirSync(join(root, "tooling/docs/decisions")).map((name) => `tooling/docs/decisions/${name}`),
  ];

  it.each(pages)("of %s lead to files that exist", (page) => {
    const links = readLinks(readFileSync(join(root, page), "utf8"));
    expect(links.filter((link) => !existsSync(join(root, page, "..", link)))).toEqual([]);
  });

  it("are read without their fragment, those to other sites left out", () => {
    expect(readLinks("[a](b.md#c) [d](https://e.f) [g](#h) ![i](j.png)")).toEqual(["b.md", "j.png"]);
  });
});
