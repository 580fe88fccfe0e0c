import { badZip, quote } from "./zip-bytes.js";

/**
 * Refuses names that mean another place or another name once written to a disk: absolute ones, drive letters,
 * backslashes, `.` and `..`, empty parts, control characters.
 */
export function checkPath(name: string): void {
  const parts = name.replace(/\/$/, "").split("/");
  const odd = parts.some((part) => part === "" || part === "." || part === "..") || /[\\:]|\p{Cc}/u.test(name);
  if (odd) throw badZip(`zip entry ${quote(name)} is not a plain relative path`);
}
