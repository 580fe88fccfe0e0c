/** What a command talks to: a process's streams, or whatever stands in for them. */
export interface Io {
  /** Takes answers, whole lines. */
  out(text: string): void;
  /** Takes progress, warnings and errors. */
  err(text: string): void;
  /** Somebody watches `err` on a terminal, so that progress is worth showing; false unless told. */
  readonly isTerminal?: boolean;
  /** Ends the command between two pictures, with exit code 130. */
  readonly signal?: AbortSignal;
  /** Errors are shown with their stacks, as `--verbose` does. */
  readonly debug?: boolean;
  /** What `--version` prints. */
  readonly version?: string;
}
