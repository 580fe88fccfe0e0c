/** A fenced block of a Markdown file. */
export interface Snippet {
  /** What the fence says: `ts`, `ts browser`, `sh`. */
  readonly language: string;
  /** Line of the first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
}

const FENCED = /^```(.*)\n([\s\S]*?)^```$/gm;

/** The fenced blocks of a Markdown text, in order. */
export function readSnippets(text: string): readonly Snippet[] {
  const lines = text.replaceAll("\r\n", "\n");
  return [...lines.matchAll(FENCED)].map(({ index, 1: language = "", 2: code = "" }) => ({
    language: language.trim(),
    line: lines.slice(0, index).split("\n").length + 1,
    code,
  }));
}
