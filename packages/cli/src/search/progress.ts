import { type Candidate, type CandidateResult, rewardOf, type SearchPlan } from "@efficientnet/nas";
import type { Report } from "../report.js";
import { formatMeasure, titleOf } from "./format-summary.js";

/** Shows how far a search is on this machine: a line for each result where somebody watches, and what runs now. */
export function progressOf(plan: SearchPlan, report: Report) {
  const began = performance.now();
  let evaluated = 0;
  let now = "";
  return {
    onCandidate({ number, network }: Candidate, done: number, of: number) {
      const seconds = (performance.now() - began) / 1000 / Math.max(1, evaluated);
      const left = evaluated === 0 ? "" : `, ${formatDuration(seconds * (of - done))} left`;
      now = `${done + 1} of ${of}${left}: candidate ${number}, network ${network}`;
      report.progress(now);
    },
    onProgress: (text: string) => report.progress(`${now}: ${text}`),
    onResult(result: CandidateResult) {
      evaluated += 1;
      report.note(formatResult(plan, result));
    },
  };
}

function formatResult(plan: SearchPlan, result: CandidateResult): string {
  const { number, measured, failed } = result;
  if (measured === undefined) return `candidate ${number} failed: ${failed}`;
  const told = Object.entries(measured).map(([name, value]) => `${titleOf(name)} ${formatMeasure(name, value)}`);
  return `candidate ${number}: reward ${rewardOf(plan, result)?.toFixed(4)}, ${told.join(", ")}`;
}

/** `3 h 20 min`, `12 min`, `40 s`. */
function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
