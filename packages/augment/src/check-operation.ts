import { EfficientNetError, unknownName } from "@efficientnet/errors";
import type { Operation, OperationName } from "./operation.js";

type Field = "amount" | "filter" | "centre" | "fill";

const MOVES = ["amount", "filter", "fill"] as const;

/** What each operation must have besides its name. */
const FIELDS: Readonly<Record<OperationName, readonly Field[]>> = {
  AutoContrast: [],
  Equalize: [],
  Invert: [],
  Posterize: ["amount"],
  Solarize: ["amount"],
  SolarizeAdd: ["amount"],
  Color: ["amount"],
  Contrast: ["amount"],
  Brightness: ["amount"],
  Sharpness: ["amount"],
  Rotate: MOVES,
  ShearX: MOVES,
  ShearY: MOVES,
  TranslateX: MOVES,
  TranslateY: MOVES,
  Cutout: ["amount", "centre", "fill"],
};

const VALID: Readonly<Record<Field, { readonly expected: string; readonly holds: (value: unknown) => boolean }>> = {
  amount: { expected: "a finite number", holds: Number.isFinite },
  filter: {
    expected: "nearest, bilinear or bicubic",
    holds: (value) => value === "nearest" || value === "bilinear" || value === "bicubic",
  },
  centre: { expected: "[x, y] in whole pixels", holds: (value) => isListOf(value, 2, Number.isInteger) },
  fill: { expected: "[red, green, blue] from 0 to 255", holds: (value) => isListOf(value, 3, isLevel) },
};

/** Throws for what types cannot promise of operations read from a file: `unknown-name`, `invalid-argument`. */
export function checkOperation(operation: Operation): void {
  const { op } = operation;
  if (!Object.hasOwn(FIELDS, op)) throw unknownName("operation", op, Object.keys(FIELDS));
  for (const field of FIELDS[op]) {
    const value: unknown = (operation as Readonly<Partial<Record<Field, unknown>>>)[field];
    const { expected, holds } = VALID[field];
    if (holds(value)) continue;
    const received = typeof value === "number" ? String(value) : JSON.stringify(value);
    throw new EfficientNetError("invalid-argument", `${field} of ${op} is ${received ?? "missing"}`, { expected });
  }
}

function isListOf(value: unknown, length: number, holds: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length === length && value.every(holds);
}

const isLevel = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
