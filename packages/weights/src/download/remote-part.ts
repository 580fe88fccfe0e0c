import { bodyRange } from "./body-range.js";
import { fetchFile } from "./fetch-file.js";
import type { RemoteFile } from "./remote-file.js";
import { request } from "./request.js";
import type { Settings } from "./settings.js";
import { SingleFlight } from "./single-flight.js";
import { stallGuard } from "./stall-guard.js";
import type { WeightsCache } from "./weights-cache.js";
import type { WeightsPart } from "./weights-origin.js";

/** Downloads under way, by where they are kept. */
const flights = new WeakMap<WeightsCache, SingleFlight<Uint8Array>>();

/** A file on a server; callers that want it at the same time, with the same cache, share one download. */
export function remotePart(file: RemoteFile, settings: Settings): WeightsPart {
  const { cache, signal } = settings;
  return {
    name: file.name,
    size: async () => file.size ?? (await askLength(file, settings)),
    read: (onBytes) =>
      flightsOf(cache).run(file.key, signal, onBytes, (shared, report) =>
        fetchFile(file, { ...settings, signal: shared }, report),
      ),
  };
}

function flightsOf(cache: WeightsCache | null): SingleFlight<Uint8Array> {
  if (cache === null) return new SingleFlight();
  const known = flights.get(cache) ?? new SingleFlight<Uint8Array>();
  flights.set(cache, known);
  return known;
}

/** Only progress depends on it, so that no failure matters. */
async function askLength(file: RemoteFile, settings: Settings): Promise<number | null> {
  const { cache, fetch, offline, stallTimeout } = settings;
  const entries = (await cache?.list().catch(() => [])) ?? [];
  const cached = entries.find(({ key }) => key === file.key);
  if (cached || offline) return cached?.meta.size ?? null;
  const { signal, stop } = stallGuard(settings.signal, stallTimeout);
  try {
    const headers = {};
    const { response } = await request(file.url, { fetch, method: "HEAD", headers, token: file.token, signal });
    return response.ok ? bodyRange(response).total : null;
  } catch {
    return null;
  } finally {
    stop();
  }
}
