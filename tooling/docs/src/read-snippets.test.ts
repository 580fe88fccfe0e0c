import { describe, expect, it } from "vitest";
import { readSnippets } from "./read-snippets.js";

describe("readSnippets", () => {
  it("gives every fenced block with its language and the line of its first line", () => {
    expect(readSnippets("# a\n\n```ts\n1;\n2;\n```\n\n```sh run\nls\n```\n")).toEqual([
      { language: "ts", line: 4, code: "1;\n2;\n" },
      { language: "sh run", line: 9, code: "ls\n" },
    ]);
  });
});
