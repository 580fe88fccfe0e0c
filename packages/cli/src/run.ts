import { CommanderError } from "commander";
import { type ExitCode, exitCodeOf } from "./exit-code.js";
import type { Io } from "./io.js";
import { createProgram } from "./program.js";
import { createReport } from "./report.js";

/**
 * Runs the `efficientnet` command in this process.
 *
 * @param argv - the arguments after the command's name: `["classify", "cat.jpg", "--weights", "b0.safetensors"]`.
 * @returns the exit code; errors are reported to `io` and never thrown.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createProgram(io, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    // Commander has said what was wrong; asking for help or the version is no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (io.signal?.aborted) return 130;
    createReport(io, program.opts()).fail(error);
    return exitCodeOf(error);
  }
}
