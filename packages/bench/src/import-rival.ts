import { EfficientNetError } from "@efficientnet/errors";

/**
 * A contestant's package, where it is installed.
 *
 * @throws `missing-peer` with the command that installs it; `backend-failed` when it is there and does not load.
 */
export async function importRival<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (isMissing(name, cause)) {
      throw new EfficientNetError("missing-peer", `${name} is not installed`, {
        hint: `npm install ${name}, or leave it out of --vs`,
        cause,
      });
    }
    throw new EfficientNetError("backend-failed", `${name} is installed and does not load: ${reasonOf(cause)}`, {
      hint: `npm install ${name} again, or leave it out of --vs`,
      cause,
    });
  }
}

/** Node names the package in quotes; what a package of its own lacks has another name. */
function isMissing(name: string, cause: unknown): boolean {
  if (!(cause instanceof Error && "code" in cause)) return false;
  const notFound = cause.code === "ERR_MODULE_NOT_FOUND" || cause.code === "MODULE_NOT_FOUND";
  return notFound && cause.message.includes(`'${name}'`);
}

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause));
