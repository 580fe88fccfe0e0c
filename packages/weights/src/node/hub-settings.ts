import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

type Variables = Readonly<Record<string, string | undefined>>;

/** What users of the Hugging Face hub expect every program to heed. */
export interface HubSettings {
  readonly token?: string;
  readonly endpoint?: string;
  readonly offline?: true;
}

const isOn = (value: string | undefined): boolean => /^(1|on|yes|true)$/i.test(value ?? "");

/**
 * `HF_TOKEN`, or the token that logging in has stored (`HF_TOKEN_PATH`, or `token` in `HF_HOME`, by default
 * `~/.cache/huggingface`) unless `HF_HUB_DISABLE_IMPLICIT_TOKEN` is set; `HF_ENDPOINT`; `HF_HUB_OFFLINE`.
 */
export function hubSettings(env: Variables = process.env, home = homedir()): HubSettings {
  const token = env.HF_TOKEN?.trim() || (isOn(env.HF_HUB_DISABLE_IMPLICIT_TOKEN) ? "" : storedToken(env, home));
  return {
    ...(token === "" ? {} : { token }),
    ...(env.HF_ENDPOINT ? { endpoint: env.HF_ENDPOINT } : {}),
    ...(isOn(env.HF_HUB_OFFLINE) ? { offline: true } : {}),
  };
}

function storedToken(env: Variables, home: string): string {
  const caches = env.XDG_CACHE_HOME || join(home, ".cache");
  const path = env.HF_TOKEN_PATH || join(env.HF_HOME || join(caches, "huggingface"), "token");
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
