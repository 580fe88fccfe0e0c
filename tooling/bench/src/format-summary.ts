import type { Measurement, Timed } from "@efficientnet/bench";

const THREADS = /, (\d+) threads?$/;

/**
 * One Markdown table of several races: a row for each network, batch and number of threads with the milliseconds of ours, and
 * for each rival how many times as long it takes, with the quartiles.
 */
export function formatSummary(measurements: readonly Measurement[]): string {
  const rivals = [
    ...new Set(measurements.flatMap(({ timed }) => timed.filter(isRival).map(({ name }) => plainName(name)))),
  ];
  const rows = measurements.flatMap((measurement) =>
    measurement.timed
      .filter((one) => !isRival(one))
      .map((ours) => [
        `${measurement.model}, ${measurement.size}`,
        String(measurement.batch),
        String(threadsOf(ours)),
        ours.milliseconds.median.toFixed(1),
        ...rivals.map((name) => ratioOf(rivalOf(measurement.timed, name, threadsOf(ours)))),
      ]),
  );
  const header = ["network, pixels", "batch", "threads", "ours, ms", ...rivals.map((name) => `x ${name}`)];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

const isRival = ({ name }: Timed) => !/^ours, \d/.test(name);
const plainName = (name: string) => name.replace(THREADS, "");
const threadsOf = ({ name }: Timed) => Number(THREADS.exec(name)?.[1] ?? 1);

/** tfjs has one thread, and is held against ours with one. */
const rivalOf = (timed: readonly Timed[], name: string, threads: number) =>
  timed.find((one) => plainName(one.name) === name && threadsOf(one) === threads);

function ratioOf(timed: Timed | undefined): string {
  if (timed === undefined) return "";
  const { median, lowerQuartile, upperQuartile } = timed.ratio;
  return `${median.toFixed(2)} (${lowerQuartile.toFixed(2)} - ${upperQuartile.toFixed(2)})`;
}
