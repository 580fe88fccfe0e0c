import { escapeHtml } from "./escape.js";

/** How often pictures of one class (rows) were taken for another (columns); the diagonal is right. */
export function confusionHtml(classes: readonly string[], counts: readonly (readonly number[])[]): string {
  const head = classes.map((name) => `<th>${escapeHtml(name)}</th>`).join("");
  const rows = classes.map((name, row) => {
    const own = counts[row] ?? [];
    const total = own.reduce((sum, count) => sum + count, 0);
    const cells = own.map((count, column) => {
      const share = total === 0 ? 0 : count / total;
      const tone =
        count === 0
          ? ""
          : ` style="background: rgb(var(--${row === column ? "good" : "bad"}) / ${(0.12 + 0.6 * share).toFixed(2)})"`;
      return `<td${tone}>${count === 0 ? "" : count}</td>`;
    });
    return `<tr><td>${escapeHtml(name)}</td>${cells.join("")}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr><th>is \\ taken for</th>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}
