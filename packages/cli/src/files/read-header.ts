import { isEfficientNetError } from "@efficientnet/errors";
import type { Checkpoint } from "@efficientnet/weights";
import { fetchHeader } from "@efficientnet/weights/download";
import { hubSettings } from "@efficientnet/weights/node";
import type { Report } from "../report.js";

const HUB = "https://huggingface.co";

/**
 * Names, shapes and metadata of the safetensors file at an address, for the price of its header. Null for any other
 * source, and where the server does not give a part or cannot be reached: a copy may be kept.
 *
 * @throws as `fetchHeader`, but for `unreachable`.
 */
export async function readHeader(source: string, report: Report): Promise<Checkpoint | null> {
  const { token, endpoint = HUB, offline = false } = hubSettings();
  if (offline || !isSafetensorsAddress(source)) return null;
  // fetchHeader hands a token to whichever server it asks.
  const isHub = new URL(source).origin === new URL(endpoint).origin;
  try {
    return await fetchHeader(source, {
      // The download that comes next is the patient one.
      retries: 1,
      ...(isHub && token !== undefined ? { token } : {}),
      ...(report.signal === undefined ? {} : { signal: report.signal }),
    });
  } catch (error) {
    if (isEfficientNetError(error, "unreachable")) return null;
    throw error;
  }
}

/** An address of the file itself; the hub's `/blob/` is the page about it. */
function isSafetensorsAddress(source: string): boolean {
  if (!/^https?:/i.test(source) || !URL.canParse(source)) return false;
  const { pathname } = new URL(source);
  return pathname.endsWith(".safetensors") && !pathname.includes("/blob/");
}
