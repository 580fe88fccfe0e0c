import { clearCache } from "@efficientnet/weights/download";
import { cacheFolder, folderCache } from "@efficientnet/weights/node";
import { formatQuantity } from "../format/format-quantity.js";
import { formatTable } from "../format/format-table.js";
import type { Report } from "../report.js";

/** What can be done with the kept downloads. */
export type CacheAction = "list" | "path" | "clear";

const ACTIONS: Readonly<Record<CacheAction, (report: Report) => Promise<void>>> = {
  list: listCache,
  path: async (report) => report.answer(report.json ? JSON.stringify({ path: cacheFolder() }) : cacheFolder()),
  async clear(report) {
    const freed = await clearCache(folderCache());
    report.answer(report.json ? JSON.stringify({ freed }) : `${formatQuantity(freed, "B")} freed`);
  },
};

export async function cache(action: CacheAction, report: Report): Promise<0> {
  await ACTIONS[action](report);
  return 0;
}

async function listCache(report: Report): Promise<void> {
  const entries = (await folderCache().list()).map(({ meta: { url, size, sha256 } }) => ({ url, bytes: size, sha256 }));
  if (report.json) {
    report.answer(JSON.stringify({ path: cacheFolder(), files: entries }, null, 2));
    return;
  }
  const columns = [{ title: "from" }, { title: "size", align: "right" as const }, { title: "sha256" }];
  const rows = entries.map(({ url, bytes, sha256 }) => [url, formatQuantity(bytes, "B"), sha256.slice(0, 16)]);
  report.answer(rows.length === 0 ? "nothing is kept" : formatTable(columns, rows));
}
