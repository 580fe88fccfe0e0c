/**
 * How many cases a property test of a reader tries: a few thousand in `npm test`, and as many as
 * `EFFICIENTNET_FUZZ_RUNS` says in a longer run (100000 for a night).
 */
export function fuzzRuns(usual = 2000): number {
  const asked = Number(process.env.EFFICIENTNET_FUZZ_RUNS);
  return Number.isSafeInteger(asked) && asked > 0 ? asked : usual;
}
