import { type ExitCode, type Io, run } from "../index.js";

export interface Ended {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process and collects what it says. */
export async function cli(argv: readonly string[], io: Partial<Io> = {}): Promise<Ended> {
  const said = { out: "", err: "" };
  const code = await run(argv, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    ...io,
  });
  return { code, ...said };
}
