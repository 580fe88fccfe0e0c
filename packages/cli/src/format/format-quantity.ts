const PREFIXES = ["", "k", "M", "G", "T"];

/** Three digits and a decimal prefix: 5288548 is `5.29 M`. */
export function formatQuantity(value: number, unit = ""): string {
  if (value < 1000 && Number.isInteger(value)) return `${value} ${unit}`.trimEnd();
  let scaled = value;
  let prefix = 0;
  // 999.5 would be rounded to four digits.
  while (scaled >= 999.5 && prefix < PREFIXES.length - 1) {
    scaled /= 1000;
    prefix++;
  }
  const digits = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  return `${scaled.toFixed(digits)} ${PREFIXES[prefix]}${unit}`.trimEnd();
}
