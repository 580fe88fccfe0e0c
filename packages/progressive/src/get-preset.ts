import { unknownName } from "@efficientnet/errors";
import {
  AUTOML_ROWS,
  type AutomlRegulariser,
  automlRecipe,
  PAPER_ROWS,
  type PaperRegulariser,
  paperRecipe,
  type Row,
} from "./published-recipes.js";
import type { Recipe } from "./recipe.js";

interface Presets {
  readonly paper: Recipe<PaperRegulariser>;
  readonly automl: Recipe<AutomlRegulariser>;
}

/** Where recipes come from: `paper`, table 6 of the EfficientNetV2 paper; `automl`, the code released with it. */
export type PresetName = keyof Presets;

interface Source<Made> {
  readonly rows: Readonly<Record<string, Row>>;
  readonly recipe: (row: Row, name: string) => Made;
}
type Sources = { readonly [Preset in PresetName]: Source<Presets[Preset]> };

const SOURCES: Sources = {
  paper: { rows: PAPER_ROWS, recipe: paperRecipe },
  automl: { rows: AUTOML_ROWS, recipe: automlRecipe },
};

/** Every source of recipes. */
export const PRESET_NAMES: readonly PresetName[] = ["paper", "automl"];

/**
 * A published recipe, fresh and yours to spread over. Models are `s`, `m`, `l`, and of `automl` also `xl` and `b0` to
 * `b3`; case does not matter, and a variant's whole name will do: `efficientnetv2-s`.
 *
 * @throws `unknown-name` for a preset or a model that is none, with near matches.
 */
export function getPreset<Preset extends PresetName>(preset: Preset, model: string): Presets[Preset] {
  const { rows, recipe }: Source<Presets[Preset]> = lookUp("preset", preset, SOURCES);
  const key = model.toLowerCase().replace(/^efficientnetv2[-_]/, "");
  return recipe(lookUp(`model of preset ${preset}`, key, rows), `${preset} ${key}`);
}

/**
 * The models that a preset has a recipe for.
 *
 * @throws `unknown-name` for a preset that is none.
 */
export function presetModels(preset: PresetName): readonly string[] {
  return Object.keys(lookUp("preset", preset, SOURCES).rows);
}

function lookUp<Table extends object, Name extends keyof Table & string>(
  kind: string,
  name: Name,
  table: Table,
): Table[Name] {
  if (!Object.hasOwn(table, name)) throw unknownName(kind, name, Object.keys(table));
  return table[name];
}
