/** Text of an SVG element and what is inside it. */
export type Markup = string;

type Attributes = Readonly<Record<string, string | number>>;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it stands between tags and in attributes. */
export const escapeText = (text: string): Markup => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** An element; what is inside is markup already. */
export function element(name: string, attributes: Attributes, ...inside: readonly Markup[]): Markup {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(short(value))}"`);
  return `<${name}${written.join("")}>${inside.join("")}</${name}>`;
}

/** A line of text at a place. */
export function label(text: string, x: number, y: number, attributes: Attributes = {}): Markup {
  return element("text", { x, y, "font-size": 12, fill: "currentColor", ...attributes }, escapeText(text));
}

/** A whole drawing, as wide as its place allows. */
export function drawing(width: number, height: number, title: string, ...inside: readonly Markup[]): Markup {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${short(width)} ${short(height)}`,
      role: "img",
      "aria-label": title,
      style: `max-width:${short(width)}px;width:100%;font-family:system-ui,sans-serif`,
    },
    ...inside,
  );
}

/** A tenth of a pixel is enough. */
const short = (value: string | number) => (typeof value === "number" ? String(Math.round(value * 10) / 10) : value);
