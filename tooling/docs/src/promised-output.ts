/**
 * What a snippet says that it prints: the comments after its `console.log` statements, in order.
 * `console.log([1, 2]); // 1, 2` promises the words `1` and `2`.
 */
export function promisedOutput(code: string): readonly string[] {
  const promised: string[] = [];
  let printing = false;
  for (const line of code.split("\n")) {
    printing ||= line.trimStart().startsWith("console.log(");
    const [end, comment] = /\);(?: \/\/ (.*))?$/.exec(line) ?? [];
    if (printing && comment !== undefined) promised.push(comment);
    if (end !== undefined) printing = false;
  }
  return promised;
}

/**
 * The promises that the printed text does not keep, each looked for after the one before. Words count, not how a
 * console sets brackets, commas and lines.
 */
export function brokenPromises(promised: readonly string[], printed: string): readonly string[] {
  let rest = words(printed);
  return promised.filter((promise) => {
    const at = rest.indexOf(words(promise));
    if (at >= 0) rest = rest.slice(at + words(promise).length - 1);
    return at < 0;
  });
}

/** Every word between two spaces. */
function words(text: string): string {
  return ` ${text
    .split(/[\s,[\](){}"'`]+/)
    .filter((word) => word !== "")
    .join(" ")} `;
}
