/** A Markdown table with a header; `right` names the columns whose figures are set to the right. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = header.map((title) => (right.includes(title) ? "---:" : "---"));
  return [header, rule, ...rows].map(line).join("\n");
}
