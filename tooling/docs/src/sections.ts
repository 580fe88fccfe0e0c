const begin = (name: string) => `<!-- ${name}:start -->`;
const end = (name: string) => `<!-- ${name}:end -->`;

/**
 * Puts `body` between the markers `<!-- name:start -->` and `<!-- name:end -->` of a Markdown text, in place of what
 * stood there.
 *
 * @throws Error when the markers are not there once each, in this order.
 */
export function replaceSection(text: string, name: string, body: string): string {
  const [before, rest, ...more] = text.split(begin(name));
  const [, after, ...again] = rest?.split(end(name)) ?? [];
  if (after === undefined || more.length > 0 || again.length > 0) {
    throw new Error(`the section "${name}" is not marked once\n  expected: ${begin(name)} ... ${end(name)}`);
  }
  return `${before}${begin(name)}\n\n${body}\n\n${end(name)}${after}`;
}
