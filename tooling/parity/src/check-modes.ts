import type { ReadTensor } from "@efficientnet/plan";
import { createEngine, type EngineOutput, type KernelBuild } from "@efficientnet/wasm";
import { planOf, reportOf } from "./check-engine.js";
import type { NetReport } from "./check-net.js";
import { goldenInput, type NetGolden } from "./net-golden.js";

/** How an engine may run. */
export interface EngineMode {
  readonly build: KernelBuild;
  readonly threads: number;
}

export interface ModeReport extends NetReport, EngineMode {
  /** Threads that it did run on. */
  readonly running: number;
  /** A second run gave the same bits. */
  readonly repeats: boolean;
  /** The first example has the same bits alone, and beside another one in a batch. */
  readonly independent: boolean;
  /** Of the logits' bits: modes of one build share it. */
  readonly digest: string;
}

/** Runs a golden in every mode that this JavaScript engine accepts. */
export async function checkModes(golden: NetGolden, modes: readonly EngineMode[]): Promise<readonly ModeReport[]> {
  const input = goldenInput(golden.input);
  const [batch] = golden.input;
  const example = input.subarray(0, input.length / batch);
  const beside = new Float32Array(2 * example.length);
  for (let i = 0; i < example.length; i++) beside[i] = -0.5 * (example[i] ?? 0);
  beside.set(example, example.length);
  const reports: ModeReport[] = [];
  const remember = remembering();
  const { plan, names } = planOf(golden, batch, remember);
  const { plan: pairPlan } = planOf(golden, 2, remember);
  for (const mode of modes) {
    const whole = await createEngine(plan, mode);
    const pairs = await createEngine(pairPlan, mode);
    try {
      const answers = await whole.run(input);
      const logits = bitsOf(answers.logits);
      const again = bitsOf((await whole.run(input)).logits);
      const first = logits.slice(0, logits.length / batch);
      const alone = bitsOf((await pairs.run(example)).logits);
      const second = bitsOf((await pairs.run(beside)).logits).slice(first.length);
      reports.push({
        ...mode,
        ...reportOf(golden, names, answers),
        running: whole.threads,
        repeats: equal(logits, again),
        independent: equal(first, alone) && equal(first, second),
        digest: digestOf(logits),
      });
    } finally {
      whole.dispose();
      pairs.dispose();
    }
  }
  return reports;
}

/** Filling a golden's tensors takes longer than running it, so that all modes share them. */
function remembering(): (read: ReadTensor) => ReadTensor {
  const known = new Map<string, Float32Array>();
  return (read) => (name) => {
    const values = known.get(name) ?? read(name);
    known.set(name, values);
    return values;
  };
}

function bitsOf(output: EngineOutput | undefined): Uint32Array {
  const { buffer, byteOffset, length } = output?.values ?? new Float32Array();
  return new Uint32Array(buffer, byteOffset, length);
}

const equal = (a: Uint32Array, b: Uint32Array) => a.length === b.length && a.every((bits, i) => bits === b[i]);

/** 32-bit FNV-1a, word by word. */
function digestOf(words: Uint32Array): string {
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
