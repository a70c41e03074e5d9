import type { Column, QualifiedName } from "../catalog/types.ts";
import type { Resolution } from "../http/preferences.ts";
import type { Condition } from "./read-plan.ts";

export interface ConflictPlan {
  readonly resolution: Resolution;
  readonly columns: readonly string[];
}

interface MutationBase {
  readonly table: QualifiedName;
  /** The columns that the reading after the write needs; none when nothing is read. */
  readonly returning: readonly string[];
}

export interface InsertPlan extends MutationBase {
  readonly kind: "insert";
  readonly columns: readonly Column[];
  readonly body: string;
  readonly conflict: ConflictPlan | undefined;
  /** PUT: the key in the URL, which the body must repeat. */
  readonly keyConditions: readonly Condition[];
  readonly appliesDefaults: boolean;
}

export interface UpdatePlan extends MutationBase {
  readonly kind: "update";
  readonly columns: readonly Column[];
  readonly body: string;
  readonly where: readonly Condition[];
  readonly appliesDefaults: boolean;
}

export interface DeletePlan extends MutationBase {
  readonly kind: "delete";
  readonly where: readonly Condition[];
}

export type MutationPlan = InsertPlan | UpdatePlan | DeletePlan;
