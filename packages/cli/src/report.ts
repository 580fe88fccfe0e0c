import { formatError } from "./format/format-error.js";
import { printable } from "./format/printable.js";
import type { Io } from "./io.js";

export interface ReportOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Where commands say things. Answers go to stdout, everything else to stderr. */
export interface Report {
  /** Answers are JSON. */
  readonly json: boolean;
  readonly signal: AbortSignal | undefined;
  answer(text: string): void;
  /** Something that the reader of the answers should know; not with `--quiet`. */
  warn(text: string): void;
  /** Something about how the answers came about; only with `--verbose`. */
  note(text: string): void;
  /** Replaces the progress line; only on a terminal, and not with `--quiet`. */
  progress(text: string): void;
  fail(error: unknown): void;
  /** Takes the progress line away. */
  end(): void;
}

/** A line that wraps cannot be erased. */
const LINE_LENGTH = 78;
const ERASE_LINE = "\r\x1b[K";

export function createReport(io: Io, { json = false, quiet = false, verbose = false }: ReportOptions): Report {
  const detailed = verbose || io.debug === true;
  let shown = "";

  const clear = () => {
    if (shown !== "") io.err(ERASE_LINE);
    shown = "";
  };
  const say = (write: (text: string) => void, text: string) => {
    clear();
    write(`${text}\n`);
  };

  return {
    json,
    signal: io.signal,
    answer: (text) => say(io.out, text),
    warn(text) {
      if (!quiet) say(io.err, `warning: ${printable(text)}`);
    },
    note(text) {
      if (detailed) say(io.err, printable(text));
    },
    progress(text) {
      const line = [...printable(text)].slice(0, LINE_LENGTH).join("");
      if (quiet || io.isTerminal !== true || line === shown) return;
      clear();
      io.err(line);
      shown = line;
    },
    fail: (error) => say(io.err, `error: ${formatError(error, detailed)}`),
    end: clear,
  };
}
