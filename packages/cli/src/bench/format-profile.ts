import type { NetworkProfile } from "@efficientnet/bench";
import { formatQuantity } from "../format/format-quantity.js";
import { type Column, formatTable } from "../format/format-table.js";

const right = (title: string): Column => ({ title, align: "right" });

const COLUMNS: readonly Column[] = [
  { title: "step" },
  { title: "kind" },
  right("ms"),
  right("floor ms"),
  right("of floor"),
  right("MACs"),
  right("moved"),
  right("share"),
];

/** A line for each step, what each kind comes to, and the machine's best that floors are reckoned with. */
export function formatProfile({
  model,
  size,
  build,
  machine,
  steps,
  milliseconds,
  floorMs,
  peakShare,
}: NetworkProfile): string {
  const cells = ({ ms, floor, macs, bytes }: Sum) => [
    ms.toFixed(3),
    floor.toFixed(3),
    percent(floor / ms),
    formatQuantity(macs),
    formatQuantity(bytes, "B"),
    percent(ms / milliseconds),
  ];
  const kinds = [...new Set(steps.map(({ kind }) => kind))];
  const rows = [
    ...steps.map((step) => [step.name, step.kind, ...cells(sumOf([step]))]),
    ...kinds.map((kind) => ["", `all ${kind}`, ...cells(sumOf(steps.filter((step) => step.kind === kind)))]),
    ["", "all", ...cells(sumOf(steps))],
  ];
  return [
    `${model} at ${size} x ${size}, one picture, one thread, ${build}`,
    `at best: ${formatQuantity(machine.macsPerSecond, "MAC/s")}, ${formatQuantity(machine.bytesPerSecond, "B/s")}`,
    "",
    formatTable(COLUMNS, rows),
    "",
    `${milliseconds.toFixed(2)} ms, floor ${floorMs.toFixed(2)} ms: ${percent(peakShare)} of the multiply-adds that this thread can do`,
    ...savedByWinograd(steps),
  ].join("\n");
}

function savedByWinograd(steps: NetworkProfile["steps"]): readonly string[] {
  const done = steps.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
  const { macs } = sumOf(steps);
  if (done === macs) return [];
  return [
    `Winograd's form does ${formatQuantity(done)} of the ${formatQuantity(macs)} multiply-adds; floors are of what is done`,
  ];
}

interface Sum {
  readonly ms: number;
  readonly floor: number;
  readonly macs: number;
  readonly bytes: number;
}

function sumOf(steps: NetworkProfile["steps"]): Sum {
  return steps.reduce(
    (sum, step) => ({
      ms: sum.ms + step.milliseconds,
      floor: sum.floor + step.floorMs,
      macs: sum.macs + step.macs,
      bytes: sum.bytes + step.mapBytes + step.weightBytes,
    }),
    { ms: 0, floor: 0, macs: 0, bytes: 0 },
  );
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
