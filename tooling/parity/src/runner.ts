import { fileURLToPath } from "node:url";
import { type BackendName, prepareBackend } from "@efficientnet/backends";
import { openPage } from "@efficientnet-tooling/chromium";
import { checks } from "./checks.js";

/** The checks on one backend: in this process, or in a page of a headless Chromium. */
export interface Runner {
  readonly checks: typeof checks;
  close(): Promise<void>;
}

/** webgl and webgpu run where users have them, in a browser; wasm and cpu run here. */
export async function openRunner(backend: BackendName): Promise<Runner> {
  if (backend === "webgl" || backend === "webgpu") return openBrowserRunner(backend);
  const prepared = await prepareBackend(backend);
  return { checks, close: async () => prepared.dispose() };
}

async function openBrowserRunner(backend: BackendName): Promise<Runner> {
  const page = await openPage({ entry: fileURLToPath(new URL("page.ts", import.meta.url)) });
  await page.call("prepare", backend);
  return { checks: { checkNet: (golden) => page.call("checkNet", golden) }, close: () => page.close() };
}
