export { type BlockForm, type BlockPair, type BlockPairsOptions, blockPairs } from "./bench/block-pairs.js";
export { type ComparedNetwork, type Comparison, compareNetworks } from "./bench/compare-networks.js";
export { type BlockRace, type BlockRaces, raceBlocks, type TimedForm } from "./bench/race-blocks.js";
export { type BarGroup, barChart } from "./chart/bars.js";
export { COLOURS } from "./chart/colours.js";
export { drawNetwork } from "./chart/draw-network.js";
export { type ScatterOptions, scatterChart } from "./chart/scatter.js";
export { escapeText } from "./chart/svg.js";
export { type MeasureCostsOptions, measureCosts } from "./evaluate/measure-costs.js";
export { shortTraining, type TrainingEvaluation } from "./evaluate/training-evaluation.js";
export {
  type ShortAccuracyOptions,
  shortAccuracy,
  type TrainingEvaluatorOptions,
  trainingEvaluator,
} from "./evaluate/training-evaluator.js";
export { openTrainingStep } from "./evaluate/training-step-task.js";
export type { Device, InputOptions } from "./measure/device.js";
export { type Drift, driftOf, formatDrift } from "./measure/drift.js";
export { type EngineDeviceOptions, engineDevice } from "./measure/engine-device.js";
export { median, quantile, type Spread, spreadOf } from "./measure/spread.js";
export type { Task } from "./measure/task.js";
export { tfjsDevice } from "./measure/tfjs-device.js";
export { type Timings, type TurnsOptions, timeInTurns } from "./measure/time-in-turns.js";
export { type SizedNetwork, timeNetworks } from "./measure/time-networks.js";
export { type CheckedNetwork, checkPrediction, type PredictionError } from "./table/check-prediction.js";
export {
  type BuildTableOptions,
  buildLatencyTable,
  type LatencyTable,
  type Origin,
  predictLatency,
} from "./table/latency-table.js";
export { parseLatencyTable } from "./table/parse-latency-table.js";
export { distinctPieces, type Piece, piecesOf } from "./table/piece.js";
export { piecesOfSpace } from "./table/pieces-of-space.js";
