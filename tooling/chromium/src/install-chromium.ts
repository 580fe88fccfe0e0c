import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { findChromium } from "./find-chromium.js";

interface Step {
  readonly command: string;
  readonly args: readonly string[];
}

const playwright = join(dirname(createRequire(import.meta.url).resolve("playwright-core/package.json")), "cli.js");
const download: readonly Step[] = [{ command: process.execPath, args: [playwright, "install", "chromium"] }];
const debian: readonly Step[] = [
  { command: "apt-get", args: ["update"] },
  { command: "apt-get", args: ["install", "-y", "chromium"] },
];

function run({ command, args }: Step): string | undefined {
  // A machine without access to the download host must reach the package manager within seconds, not minutes.
  const env = {
    ...process.env,
    DEBIAN_FRONTEND: "noninteractive",
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000",
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "",
  };
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", 2, 2], env, timeout: 15 * 60_000 });
  return status === 0 ? undefined : `${command} ${args.join(" ")}: ${error?.message ?? `exit code ${status}`}`;
}

function found(): string | undefined {
  try {
    return findChromium();
  } catch {
    return undefined;
  }
}

/**
 * Installs a Chromium and returns its path: by Playwright's own download, else, as root on Debian, by apt-get.
 * What the installers print goes to stderr.
 *
 * @throws Error with every attempt and why it failed.
 */
export function installChromium(): string {
  const failures: string[] = [];
  const asRoot = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  for (const steps of asRoot ? [download, debian] : [download]) {
    for (const step of steps) {
      const failure = run(step);
      if (failure === undefined) continue;
      failures.push(failure);
      break;
    }
    const path = found();
    if (path !== undefined) return path;
  }
  throw new Error(
    [
      "could not install Chromium",
      ...failures.map((failure) => `  tried: ${failure}`),
      "  hint: install Chromium or Chrome by hand and set EFFICIENTNET_CHROMIUM to its path",
    ].join("\n"),
  );
}
