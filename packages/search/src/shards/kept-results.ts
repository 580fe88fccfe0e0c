import { open, readFile, rename } from "node:fs/promises";
import { EfficientNetError } from "@efficientnet/errors";
import { writeSynced } from "./write-new.js";

/** Results of one kind of work in one file, a line each, below a line that says which work it was. */
export interface KeptResults<Result> {
  /** Those of earlier runs. */
  readonly done: readonly Result[];
  /** On the disk when it resolves. */
  append(result: Result): Promise<void>;
}

/**
 * Opens a file of results to go on with it, or begins one. A line that a kill has left incomplete is dropped.
 *
 * @param work - hash of everything that the results depend on
 * @throws `invalid-argument` for a file of other work, which is left as it is.
 */
export async function keepResults<Result>(path: string, work: string): Promise<KeptResults<Result>> {
  const text = await readFile(path, "utf8").catch(() => "");
  const [first, ...lines] = text.split("\n").slice(0, -1);
  if (first !== undefined && first !== JSON.stringify({ work })) {
    throw new EfficientNetError("invalid-argument", `${path} has results of other work`, {
      expected: JSON.stringify({ work }),
      received: first.slice(0, 80),
      hint: "take another folder, or the options that it was begun with",
    });
  }
  const whole = [JSON.stringify({ work }), ...lines].map((line) => `${line}\n`).join("");
  if (whole !== text) {
    await writeSynced(`${path}.tmp`, whole);
    await rename(`${path}.tmp`, path);
  }
  return {
    done: lines.map((line) => JSON.parse(line) as Result),
    async append(result) {
      const file = await open(path, "a");
      try {
        await file.appendFile(`${JSON.stringify(result)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}
