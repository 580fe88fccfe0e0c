import { EfficientNetError } from "@efficientnet/errors";

/** `{` of the header, `{` of an entry, `[` of its shape; `{` of a spec, `[` of its stages, `{` of one. */
const MAX_DEPTH = 3;

/**
 * Refuses what `JSON.parse` would let pass: a key given twice in one object (the first would silently disappear), and
 * nesting deeper than a header has. One pass over any text, valid JSON or not.
 *
 * @param what - how messages call the text.
 * @throws `SyntaxError` for a malformed key, `wrong-file` for a repeated key or too deep nesting.
 */
export function checkKeys(json: string, what = "the safetensors header"): void {
  const open: Set<string>[] = [];
  let at = 0;
  while (at < json.length) {
    const character = json[at];
    if (character === '"') {
      const end = endOfString(json, at);
      if (json[skipSpace(json, end)] === ":") addKey(open.at(-1), unquote(json.slice(at, end)), what);
      at = end;
      continue;
    }
    if (character === "{" || character === "[") open.push(new Set());
    if (character === "}" || character === "]") open.pop();
    if (open.length > MAX_DEPTH) {
      throw new EfficientNetError("wrong-file", `${what} is nested too deeply`, {
        expected: `at most ${MAX_DEPTH} levels`,
      });
    }
    at++;
  }
}

function addKey(keys: Set<string> | undefined, key: string, what: string): void {
  if (keys?.has(key)) {
    throw new EfficientNetError("wrong-file", `${what} names ${JSON.stringify(key.slice(0, 100))} twice`);
  }
  keys?.add(key);
}

/** `JSON.parse` of a string, without its cost where nothing is escaped. */
function unquote(literal: string): string {
  return literal.includes("\\") ? JSON.parse(literal) : literal.slice(1, -1);
}

/** Index after the closing quote, or the length of the text when there is none. */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === "\\") at++;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
}

function skipSpace(json: string, start: number): number {
  let at = start;
  while (at < json.length && " \t\n\r".includes(json[at] ?? "")) at++;
  return at;
}
