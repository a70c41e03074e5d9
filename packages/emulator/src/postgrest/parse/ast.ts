export type JsonOperand =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "index"; readonly index: string };

export interface JsonOperation {
  readonly arrow: "->" | "->>";
  readonly operand: JsonOperand;
}

/** A column and the way into its JSON. */
export interface Field {
  readonly name: string;
  readonly path: readonly JsonOperation[];
}

export type JoinType = "inner" | "left";
export type Aggregate = "sum" | "avg" | "count" | "max" | "min";

export interface FieldSelect {
  readonly kind: "field";
  readonly field: Field;
  readonly alias: string | undefined;
  readonly cast: string | undefined;
  readonly aggregate: Aggregate | undefined;
}

export interface RelationSelect {
  readonly kind: "relation";
  readonly name: string;
  readonly alias: string | undefined;
  readonly hint: string | undefined;
  readonly join: JoinType | undefined;
  readonly isSpread: boolean;
  readonly children: readonly SelectItem[];
}

export type SelectItem = FieldSelect | RelationSelect;

export type SimpleOperator = "neq" | "cs" | "cd" | "ov" | "sl" | "sr" | "nxr" | "nxl" | "adj";
export type QuantifiedOperator = "eq" | "gte" | "gt" | "lte" | "lt" | "like" | "ilike" | "match" | "imatch";
export type FullTextOperator = "fts" | "plfts" | "phfts" | "wfts";
export type IsValue = "null" | "not_null" | "true" | "false" | "unknown";

export type Operation =
  | { readonly kind: "simple"; readonly operator: SimpleOperator; readonly value: string }
  | {
      readonly kind: "quantified";
      readonly operator: QuantifiedOperator;
      readonly quantifier: "any" | "all" | undefined;
      readonly value: string;
    }
  | { readonly kind: "in"; readonly values: readonly string[] }
  | { readonly kind: "is"; readonly value: IsValue }
  | { readonly kind: "isdistinct"; readonly value: string }
  | {
      readonly kind: "fullText";
      readonly operator: FullTextOperator;
      readonly language: string | undefined;
      readonly value: string;
    };

export interface OperationExpression {
  readonly isNegated: boolean;
  readonly operation: Operation;
}

export interface Filter extends OperationExpression {
  readonly kind: "filter";
  readonly field: Field;
}

export interface LogicGroup {
  readonly kind: "group";
  readonly isNegated: boolean;
  readonly operator: "and" | "or";
  readonly children: readonly LogicTree[];
}

export type LogicTree = Filter | LogicGroup;

export interface OrderTerm {
  readonly field: Field;
  /** Set in `order=relation(column)`. */
  readonly relation: string | undefined;
  readonly direction: "asc" | "desc" | undefined;
  readonly nulls: "nullsfirst" | "nullslast" | undefined;
}

/** The names of the embeds that lead to where a filter, an order or a limit applies. */
export type EmbedPath = readonly string[];

export interface AtPath<T> {
  readonly path: EmbedPath;
  readonly value: T;
}
