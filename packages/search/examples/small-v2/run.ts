/**
 * The V2 space scaled down, searched on drawn pictures: plans and evaluates 64 networks, is killed on the way and
 * resumed, trains the best few longer, then trains the winner and the network made by hand fully, and times both in turns.
 *
 *     node tooling/start/source.mjs packages/search/examples/small-v2/run.ts [FOLDER]
 *
 * Everything is kept in FOLDER; the same command goes on with what is there.
 */
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { decodeSpec, formatSpec, genotypeAt, type SearchPlan, type SearchSummary } from "@efficientnet/nas";
import { drawDemo } from "../../../../tooling/demo/src/train-demo.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = resolve(here, "../../../..");
const folder = resolve(process.argv[2] ?? join(root, "small-v2-search"));
const at = (...names: readonly string[]) => join(folder, ...names);

const SEEDS = [1, 2, 3];
const KILL_AFTER = 20;

const SEARCH = ["--space", "small-v2", "--resolution", "32", "--per-class", "160", "--epochs", "9", "--share", "0.25"];
const STRATEGY = ["--samples", "64", "--strategy", "evolution", "--reward", "v2-hard", "--seed", "1"];
const PLACE = ["--data", at("pictures", "train"), "--backend", "wasm"];

function start(args: readonly string[], stdout: "inherit" | "pipe" = "inherit") {
  console.log(`\n$ efficientnet ${args.join(" ")}`);
  const command = ["tooling/start/source.mjs", "packages/cli/src/main.ts", ...args];
  return spawn(process.execPath, command, { cwd: root, stdio: ["ignore", stdout, "inherit"], detached: true });
}

async function efficientnet(...args: readonly string[]): Promise<void> {
  const code = await new Promise((done) => start(args).once("close", done));
  if (code !== 0) throw new Error(`efficientnet ${args[0]} ${args[1]} ended with ${code}`);
}

async function answerOf(...args: readonly string[]): Promise<string> {
  const child = start(args, "pipe");
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  const code = await new Promise((done) => child.once("close", done));
  if (code !== 0) throw new Error(`efficientnet ${args[0]} ended with ${code}`);
  return text;
}

/** How many candidates are on the disk. */
function countResults(search: string): number {
  if (!existsSync(search)) return 0;
  const partials = readdirSync(search).filter((name) => name.endsWith(".jsonl"));
  return Math.max(0, ...partials.map((name) => readFileSync(join(search, name), "utf8").split("\n").length - 1));
}

/** Kills a search without warning once it has some results. */
async function killAfter(count: number, args: readonly string[]): Promise<void> {
  const child = start(args);
  let ended = false;
  child.once("close", () => {
    ended = true;
  });
  while (!ended && countResults(at("search")) < count) await setTimeout(500);
  // The whole group: the search is a child of the process that starts it from source.
  if (!ended && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  console.log(`\nkilled with ${countResults(at("search"))} candidates on the disk`);
}

interface Compared {
  readonly networks: readonly {
    readonly name: string;
    readonly parameters: number;
    readonly training: { readonly milliseconds: { readonly median: number } };
  }[];
}

async function trainFully(name: string, spec: string): Promise<readonly number[]> {
  const accuracies: number[] = [];
  for (const seed of SEEDS) {
    const out = at("trained", `${name}-${seed}`);
    const test = ["--test", at("pictures", "test"), "--recipe", at("recipe.json"), "--backend", "wasm"];
    if (!existsSync(join(out, "evaluation.json"))) {
      await efficientnet(
        "train",
        at("pictures", "train"),
        "--model",
        spec,
        "--seed",
        String(seed),
        "--out",
        out,
        ...test,
      );
    }
    accuracies.push(JSON.parse(readFileSync(join(out, "evaluation.json"), "utf8")).accuracy);
  }
  return accuracies;
}

mkdirSync(folder, { recursive: true });
if (!existsSync(at("recipe.json"))) await drawDemo(folder, console.log);
const began = performance.now();
const search = ["search", "local", at("search"), ...SEARCH, ...STRATEGY, ...PLACE, "--verbose"];
if (countResults(at("search")) < KILL_AFTER && !existsSync(at("search", "result.json")))
  await killAfter(KILL_AFTER, search);
await efficientnet(...search);
const minutes = (performance.now() - began) / 60_000;
await efficientnet("search", "report", at("search"));

await efficientnet("search", "next", at("search"), at("rung"), "--eta", "10", "--epochs", "24");
await efficientnet("search", "run", at("rung"), "--shard", "0", ...PLACE, "--verbose");
await efficientnet("search", "merge", at("rung"));

// Of the networks that are no slower to train than the one made by hand, at the size they are for, the most accurate.
const byHand = JSON.parse(readFileSync(at("network.json"), "utf8"));
const plan: SearchPlan = JSON.parse(readFileSync(at("rung", "plan.json"), "utf8"));
const rung: SearchSummary = JSON.parse(readFileSync(at("rung", "result.json"), "utf8"));
const ranked = [...rung.candidates].sort((a, b) => (b.measured.accuracy ?? 0) - (a.measured.accuracy ?? 0));
const files = ranked.map(({ number, network }) => {
  const spec = decodeSpec(plan.space, genotypeAt(plan.space, BigInt(network)));
  writeFileSync(at(`rung-${number}.json`), formatSpec({ ...spec, resolution: byHand.resolution }));
  return at(`rung-${number}.json`);
});
const timing = ["--training-batch", "32", "--training-rounds", "15", "--backend", "wasm", "--json"];
const compared: Compared = JSON.parse(await answerOf("bench", "compare", at("network.json"), ...files, ...timing));
const stepOf = (index: number) => compared.networks[index]?.training.milliseconds.median ?? Number.NaN;
const chosen = Math.max(1, files.findIndex((_, i) => stepOf(i + 1) <= stepOf(0)) + 1);
copyFileSync(files[chosen - 1] ?? "", at("winner.json"));
const accuracies = [await trainFully("by-hand", at("network.json")), await trainFully("winner", at("winner.json"))];

const results = {
  searchMinutes: Number(minutes.toFixed(1)),
  seeds: SEEDS,
  networks: [0, chosen].map((index, i) => ({
    name: compared.networks[index]?.name,
    parameters: compared.networks[index]?.parameters,
    stepMs: Number(stepOf(index).toFixed(1)),
    accuracies: accuracies[i],
    mean: (accuracies[i] ?? []).reduce((sum, value) => sum + value, 0) / SEEDS.length,
  })),
};
writeFileSync(at("outcome.json"), `${JSON.stringify(results, null, 2)}\n`);
console.log(JSON.stringify(results, null, 2));
for (const name of ["plan.json", "shard-0000.json", "result.json", "report.html"])
  copyFileSync(at("search", name), join(here, name));
for (const name of ["outcome.json", "winner.json"]) copyFileSync(at(name), join(here, name));
