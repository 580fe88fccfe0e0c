import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../start/run.mjs";
import { brokenPromises, promisedOutput } from "./promised-output.js";
import { publishedPackages } from "./published-packages.js";
import { readLinks } from "./read-links.js";
import { readSnippets } from "./read-snippets.js";
import { readmes } from "./readmes.js";
import { parseCommands } from "./run-command.js";
import { replaceSection } from "./sections.js";

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

describe("replaceSection", () => {
  it("replaces what stands between the markers and keeps the rest", () => {
    expect(replaceSection("a\n<!-- x:start -->\nold\n<!-- x:end -->\nb\n", "x", "new")).toBe(
      "a\n<!-- x:start -->\n\nnew\n\n<!-- x:end -->\nb\n",
    );
  });

  it("changes nothing the second time", () => {
    const once = replaceSection("<!-- x:start --><!-- x:end -->", "x", "body");
    expect(replaceSection(once, "x", "body")).toBe(once);
  });

  it.each(["", "<!-- x:start -->", "<!-- x:end --><!-- x:start -->", "<!-- x:start --><!-- x:start --><!-- x:end -->"])(
    "refuses a text without one pair of markers: %j",
    (text) => {
      expect(() => replaceSection(text, "x", "new")).toThrowError('the section "x" is not marked once');
    },
  );
});

describe("readSnippets", () => {
  it("gives every fenced block with its language and the line of its first line", () => {
    expect(readSnippets("# a\n\n```ts\n1;\n2;\n```\n\n```sh run\nls\n```\n")).toEqual([
      { language: "ts", line: 4, code: "1;\n2;\n" },
      { language: "sh run", line: 9, code: "ls\n" },
    ]);
  });
});

describe("promisedOutput", () => {
  it("reads the comments after console.log, over several lines too, and no others", () => {
    const code =
      "load(); // slow\nconsole.log(1); // 1\nconsole.log(\n  [2],\n); // [ 2 ]\nconsole.log(3);\nend(); // late\n";
    expect(promisedOutput(code)).toEqual(["1", "[ 2 ]"]);
  });

  it("must be printed in its order, word for word", () => {
    expect(brokenPromises(["1, 2", "[3]"], "1 2\nbetween\n[\n  3\n]\n")).toEqual([]);
    expect(brokenPromises(["1", "2"], "2 1")).toEqual(["2"]);
    expect(brokenPromises(["12"], "1 2")).toEqual(["12"]);
    expect(brokenPromises(["1"], "12")).toEqual(["1"]);
  });
});

describe("parseCommands", () => {
  it("splits at spaces outside of quotes and drops comments", () => {
    expect(parseCommands('# all\nefficientnet list\nefficientnet inspect "a b"  # c\n')).toEqual([
      ["list"],
      ["inspect", "a b"],
    ]);
    expect(() => parseCommands("rm -r .")).toThrowError("only efficientnet commands run in examples");
  });
});

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
