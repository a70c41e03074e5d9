import type { Routine, RoutineParameter } from "../catalog/types.ts";

export type CallArguments =
  /** From the URL or a form. */
  | { readonly kind: "direct"; readonly values: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: "body"; readonly text: string };

export interface CallPlan {
  readonly routine: Routine;
  /** Those of the function's parameters that have an argument. */
  readonly parameters: readonly RoutineParameter[];
  readonly args: CallArguments;
  /** The columns to take from a row that the function returns. */
  readonly returning: readonly string[];
}

export function returnsVoid(routine: Routine): boolean {
  const { returns } = routine;
  return !routine.returnsSet && !routine.returnsComposite && returns.schema === "pg_catalog" && returns.name === "void";
}

export function groupArguments(
  pairs: readonly { readonly name: string; readonly value: string }[],
): Map<string, readonly string[]> {
  const grouped = new Map<string, string[]>();
  for (const { name, value } of pairs) grouped.set(name, [...(grouped.get(name) ?? []), value]);
  return grouped;
}
