/** Text from files for a terminal: control characters, which could move the cursor or worse, are spelled out. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
