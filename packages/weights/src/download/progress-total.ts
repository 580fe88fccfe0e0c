import type { DownloadProgress } from "./settings.js";

/** Adds up the progress of several files; the total is known when every file's is, and all files are. */
export class ProgressTotal {
  readonly #files = new Map<string, { readonly bytes: number; readonly total: number | null }>();
  #complete = false;

  constructor(readonly report: (progress: DownloadProgress) => void) {}

  /** Announces files before the first of their bytes; `complete` when there will be no others. */
  expect(files: readonly (readonly [name: string, size: number | null])[], complete: boolean): void {
    for (const [name, total] of files) {
      const known = this.#files.get(name);
      this.#files.set(name, { bytes: known?.bytes ?? 0, total: known?.total ?? total });
    }
    this.#complete = complete;
  }

  moved(name: string, bytes: number, total: number | null): void {
    this.#files.set(name, { bytes, total: total ?? this.#files.get(name)?.total ?? null });
    this.report(this.#sum(name));
  }

  #sum(name: string): DownloadProgress {
    const files = [...this.#files.values()];
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const known = this.#complete && files.every(({ total }) => total !== null);
    return { bytes, total: known ? files.reduce((sum, { total }) => sum + (total ?? 0), 0) : null, name };
  }
}
