import { EfficientNetError } from "@efficientnet/errors";

/**
 * A contestant's package, where it is installed.
 *
 * @throws `missing-peer` with the command that installs it.
 */
export async function importRival<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new EfficientNetError("missing-peer", `${name} is not installed`, {
      hint: `npm install ${name}, or leave it out of --vs`,
      cause,
    });
  }
}
