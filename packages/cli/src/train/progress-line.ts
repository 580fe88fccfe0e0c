import type { EpochRow, StepRow } from "@efficientnet/train";

const BAR = 12;
/** Short names of what a stage sets, for a line of a terminal. */
const SHORT: Readonly<Record<string, string>> = {
  randAugmentMagnitude: "RA",
  dropoutRate: "drop",
  dropPathRate: "path",
  mixupAlpha: "mixup",
  cutmixAlpha: "cutmix",
};

/** How far a training is, in one line. */
export function progressLine(
  { epoch, batch, batches, imageSize, loss, accuracy, imagesPerSecond, secondsLeft }: StepRow,
  epochs: number,
  regularisers: Readonly<Record<string, number>>,
): string {
  const done = Math.round((BAR * batch) / batches);
  const bar = "█".repeat(done) + "░".repeat(BAR - done);
  const strength = Object.entries(regularisers)
    .filter(([, value]) => value > 0)
    .slice(0, 2)
    .map(([name, value]) => `${SHORT[name] ?? name} ${Number(value.toPrecision(2))}`)
    .join(" ");
  const parts = [
    `${epoch + 1}/${epochs} ${bar}`,
    `${imageSize}px${strength === "" ? "" : ` ${strength}`}`,
    `loss ${loss.toFixed(3)}`,
    percent(accuracy),
    `${imagesPerSecond.toFixed(0)}/s`,
    `${formatDuration(secondsLeft)} left`,
  ];
  return parts.join("  ");
}

/** An epoch that is done, in one line. */
export function epochLine(
  { epoch, imageSize, loss, accuracy, test, imagesPerSecond }: EpochRow,
  epochs: number,
): string {
  const tested = test === null ? "" : `  test ${percent(test.accuracy)} (loss ${test.loss.toFixed(3)})`;
  return `epoch ${String(epoch + 1).padStart(String(epochs).length)}/${epochs}  ${imageSize}px  loss ${loss.toFixed(3)}  train ${percent(accuracy)}${tested}  ${imagesPerSecond.toFixed(0)} images/s`;
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** `0:42`, `12:05`, `3:04:05`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
