/** A page that needs nothing else, in the reader's light or dark. */
export function plainPage(title: string, sections: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
  :root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
  body { max-width: 880px; margin: 2rem auto; padding: 0 1rem }
  pre { overflow-x: auto; font-size: .85rem }
  svg { display: block; margin: 1rem 0 }
</style>
<h1>${title}</h1>
${sections.join("\n")}
</html>
`;
}
