import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] as const;
const OVERRIDES = ["EFFICIENTNET_CHROMIUM", "CHROME_PATH"] as const;

/** Where installers put a browser without adding it to PATH. */
function usualPlaces(env: NodeJS.ProcessEnv): readonly string[] {
  const windows = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter((root) => root !== undefined);
  const places: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    linux: ["/usr/lib/chromium/chromium", "/snap/bin/chromium", "/opt/google/chrome/chrome"],
    darwin: [
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ],
    win32: windows.flatMap((root) => [
      join(root, "Google", "Chrome", "Application", "chrome.exe"),
      join(root, "Chromium", "Application", "chrome.exe"),
    ]),
  };
  return places[process.platform] ?? [];
}

function onPath(env: NodeJS.ProcessEnv): readonly string[] {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/**
 * The path of a Chromium or Chrome: `EFFICIENTNET_CHROMIUM` or `CHROME_PATH` if set, then PATH, then the
 * usual places of this operating system, then the browser that Playwright manages.
 *
 * @throws Error naming how to get one, when there is none, or when an override names a file that is not there.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env, managed = chromium.executablePath()): string {
  for (const name of OVERRIDES) {
    const path = env[name];
    if (path === undefined || path === "") continue;
    if (existsSync(path)) return path;
    throw new Error(`${name} names a file that does not exist\n  received: ${path}`);
  }
  const found = [...onPath(env), ...usualPlaces(env), managed].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    [
      "no Chromium found",
      `  expected: ${COMMANDS.join(", ")} on PATH, or a browser of Playwright's`,
      "  hint: npx playwright-core install chromium, or apt-get install chromium, or set EFFICIENTNET_CHROMIUM to its path",
    ].join("\n"),
  );
}
