import { describe, expect, it } from "vitest";
import { publishedPackages } from "./published-packages.js";
import { readSnippets } from "./read-snippets.js";
import { readmes } from "./readmes.js";

/** The rows `| paper | package | functions |` of the front page. */
function paperTable() {
  const [front] = readmes();
  const rows = front?.text.matchAll(/^\| (.+) \| `(@efficientnet\/[a-z]+)` \| (.+) \|$/gm) ?? [];
  return [...rows].map(([, paper = "", specifier = "", names = ""]) => ({
    paper,
    specifier,
    functions: [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name),
  }));
}

describe("READMEs", () => {
  it("are there for every package", () => {
    const [, ...own] = readmes();
    expect(own.map(({ owner }) => owner)).toEqual(publishedPackages().map(({ folder }) => folder));
  });

  it.each(readmes())("$path has an example that runs", ({ text }) => {
    const languages = readSnippets(text).map(({ language }) => language);
    expect(languages.some((language) => ["ts", "ts browser", "sh run"].includes(language))).toBe(true);
  });

  it.each(readmes().filter(({ path }) => path !== "README.md"))("$path has 30 to 80 lines", ({ text }) => {
    const lines = text.trimEnd().split("\n").length;
    expect(lines).toBeGreaterThanOrEqual(30);
    expect(lines).toBeLessThanOrEqual(80);
  });

  it.each(paperTable())("the front page maps $paper to functions that exist", async ({ specifier, functions }) => {
    const module: Readonly<Record<string, unknown>> = await import(specifier);
    expect(functions.filter((name) => typeof module[name] !== "function")).toEqual([]);
  });

  it("the front page has fewer than 200 lines", () => {
    const [front] = readmes();
    expect(front?.path).toBe("README.md");
    expect(front?.text.split("\n").length).toBeLessThan(200);
  });
});
