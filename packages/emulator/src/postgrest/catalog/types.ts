export interface QualifiedName {
  readonly schema: string;
  readonly name: string;
}

export interface Column {
  readonly name: string;
  /** With its modifiers, as it stands in SQL: "character varying(20)". */
  readonly type: string;
  /** The type without its modifiers: "character varying". */
  readonly dataType: string;
  /** Below the domains. */
  readonly baseType: string;
  readonly maxLength: number | null;
  readonly enumValues: readonly string[];
  readonly default: string | null;
  readonly isNullable: boolean;
  readonly description: string | null;
}

export interface Table extends QualifiedName {
  readonly isView: boolean;
  readonly isInsertable: boolean;
  readonly isUpdatable: boolean;
  readonly isDeletable: boolean;
  readonly primaryKey: readonly string[];
  readonly columns: ReadonlyMap<string, Column>;
  readonly description: string | null;
}

/** Pairs of a column of the table and the column of the foreign table. */
export type ColumnPairs = readonly (readonly [string, string])[];

export type Cardinality =
  | {
      readonly kind: "one-to-many" | "many-to-one" | "one-to-one";
      readonly constraint: string;
      readonly columns: ColumnPairs;
    }
  | {
      readonly kind: "many-to-many";
      readonly junction: QualifiedName;
      readonly sourceConstraint: string;
      readonly targetConstraint: string;
      /** Column of the table, column of the junction. */
      readonly sourceColumns: ColumnPairs;
      /** Column of the foreign table, column of the junction. */
      readonly targetColumns: ColumnPairs;
    };

export interface KeyRelationship {
  readonly kind: "key";
  readonly table: QualifiedName;
  readonly foreignTable: QualifiedName;
  readonly isSelf: boolean;
  readonly cardinality: Cardinality;
  readonly isTableView: boolean;
  readonly isForeignTableView: boolean;
  /** Whether the foreign table has the key. */
  readonly isInverse: boolean;
}

/** A function from a row of one table to rows of another. */
export interface ComputedRelationship {
  readonly kind: "computed";
  readonly function: QualifiedName;
  readonly table: QualifiedName;
  readonly foreignTable: QualifiedName;
  readonly isToOne: boolean;
}

export type Relationship = KeyRelationship | ComputedRelationship;

export interface RoutineParameter {
  /** Empty for an unnamed parameter. */
  readonly name: string;
  readonly type: string;
  /** The type without a length, so that an argument is never cut. */
  readonly castType: string;
  readonly isRequired: boolean;
  readonly isVariadic: boolean;
}

export interface Routine extends QualifiedName {
  readonly oid: number;
  readonly parameters: readonly RoutineParameter[];
  readonly returns: QualifiedName;
  readonly returnsSet: boolean;
  readonly returnsComposite: boolean;
  readonly volatility: "volatile" | "stable" | "immutable";
  readonly description: string | null;
}

export interface Catalog {
  readonly tables: readonly Table[];
  readonly relationships: readonly Relationship[];
  /** Tables with a relationship, even one through a junction that is not exposed. */
  readonly relatedTables: readonly QualifiedName[];
  readonly routines: readonly Routine[];
}

export function isSameName(a: QualifiedName, b: QualifiedName): boolean {
  return a.schema === b.schema && a.name === b.name;
}

export function isToOne(relationship: Relationship): boolean {
  if (relationship.kind === "computed") return relationship.isToOne;
  return relationship.cardinality.kind === "many-to-one" || relationship.cardinality.kind === "one-to-one";
}

export function findTable(catalog: Catalog, name: QualifiedName): Table | undefined {
  return catalog.tables.find((table) => isSameName(table, name));
}
