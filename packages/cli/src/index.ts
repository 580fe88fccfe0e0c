export type { ExitCode } from "./exit-code.js";
export type { Io } from "./io.js";
export { run } from "./run.js";
