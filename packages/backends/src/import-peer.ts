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

/**
 * A package can be installed and miss a dependency of its own: the first name in the message is the one that is missing.
 * Node has codes for it; Vite puts a module that throws in its place ("Could not resolve"), and browsers fail to resolve
 * a bare specifier, or a module name.
 */
function isNotInstalled(cause: unknown, packageName: string): boolean {
  if (!(cause instanceof Error)) return false;
  const [, missing] = /["'“‘]([^"'”’]+)/.exec(cause.message) ?? [];
  if (missing !== packageName) return false;
  const code = "code" in cause ? String(cause.code) : "";
  return code.endsWith("MODULE_NOT_FOUND") || /resolve|bare specifier/.test(cause.message);
}
