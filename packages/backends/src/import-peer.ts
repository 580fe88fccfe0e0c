import { EfficientNetError } from "@efficientnet/errors";

/**
 * Loads an optional package, telling a package that is not installed from one that fails to load.
 *
 * @throws `missing-peer` with the npm command when `packageName` is not installed; any other failure as it is.
 */
export async function importPeer<T>(packageName: string, version: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!isNotInstalled(cause, packageName)) throw cause;
    throw new EfficientNetError("missing-peer", `the package ${packageName} is needed and not installed`, {
      hint: `npm install ${packageName}@${version}`,
      cause,
    });
  }
}

/** A package can be installed and miss a dependency of its own: only the name in the message tells. */
function isNotInstalled(cause: unknown, packageName: string): boolean {
  if (!(cause instanceof Error) || !cause.message.includes(packageName)) return false;
  const code = "code" in cause ? cause.code : undefined;
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}
