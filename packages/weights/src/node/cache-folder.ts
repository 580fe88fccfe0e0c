import { homedir } from "node:os";
import { join } from "node:path";

type Variables = Readonly<Record<string, string | undefined>>;

const NAME = "efficientnet";

/**
 * Where downloads are kept: `EFFICIENTNET_CACHE` if set, else the folder `efficientnet` in the platform's place for
 * caches: `XDG_CACHE_HOME` or `~/.cache`, `~/Library/Caches`, `%LOCALAPPDATA%`.
 */
export function cacheFolder(
  env: Variables = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  const chosen = env.EFFICIENTNET_CACHE;
  return chosen !== undefined && chosen !== "" ? chosen : join(platformFolder(env, platform, home), NAME);
}

function platformFolder(env: Variables, platform: NodeJS.Platform, home: string): string {
  if (platform === "darwin") return join(home, "Library", "Caches");
  if (platform === "win32") return env.LOCALAPPDATA || join(home, "AppData", "Local");
  return env.XDG_CACHE_HOME || join(home, ".cache");
}
