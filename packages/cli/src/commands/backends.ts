import { type Availability, BACKEND_NAMES, capabilities } from "@efficientnet/backends";
import { formatTable } from "../format/format-table.js";
import type { Report } from "../report.js";

/** What this machine offers each backend. */
export async function backends(report: Report): Promise<0> {
  const found = await capabilities();
  if (report.json) {
    report.answer(JSON.stringify(found, null, 2));
    return 0;
  }
  const rows = BACKEND_NAMES.map((name) => {
    const availability: Availability = found.backends[name];
    const place = found.order.indexOf(name) + 1;
    return [
      name,
      availability.available ? "yes" : "no",
      place === 0 ? "" : String(place),
      availability.available ? availability.reason : `${availability.reason}; ${availability.hint}`,
    ];
  });
  const { engine } = found;
  const why = engine.available
    ? `${engine.build}, threads ${engine.threads}: ${engine.threadsReason}; it runs what is loaded on wasm`
    : `${engine.reason}; ${engine.hint}`;
  rows.push(["engine", engine.available ? "yes" : "no", "", why]);
  const columns = [
    { title: "backend" },
    { title: "runs" },
    { title: "auto", align: "right" as const },
    { title: "why" },
  ];
  report.answer(formatTable(columns, rows));
  return 0;
}
