import type { QualifiedName, Relationship } from "../catalog/types.ts";
import type { RowRange } from "../http/range.ts";
import type { JoinType, JsonOperation, Operation, OrderTerm } from "../parse/ast.ts";

/** A column, and where its value is JSON or a text to search, how to get at it. */
export interface ColumnReference {
  readonly name: string;
  readonly path: readonly JsonOperation[];
  /** Whether the column is json or jsonb already; any other type becomes jsonb before a path is followed. */
  readonly isJson: boolean;
  /** Whether a text search has to make a tsvector of it first. Of a column that is not in the catalog nobody knows. */
  readonly isText: boolean;
}

export interface SelectedColumn {
  readonly column: ColumnReference;
  readonly cast: string | undefined;
  readonly alias: string | undefined;
  readonly hasAggregate: boolean;
}

export type Condition =
  | {
      readonly kind: "filter";
      readonly column: ColumnReference;
      readonly isNegated: boolean;
      readonly operation: Operation;
    }
  /** `embed=is.null`: whether the embed has rows. */
  | { readonly kind: "emptyEmbed"; readonly isNegated: boolean; readonly embed: string }
  | {
      readonly kind: "group";
      readonly isNegated: boolean;
      readonly operator: "and" | "or";
      readonly children: readonly Condition[];
    };

export interface PlannedOrder extends Pick<OrderTerm, "direction" | "nulls"> {
  readonly column: ColumnReference;
  /** The embed whose column it is. */
  readonly embed: string | undefined;
}

/** Where a column stands: a table, or the alias of one in the schema "". */
export type Qualifier = QualifiedName;

export interface JoinCondition {
  readonly left: Qualifier;
  readonly leftColumn: string;
  readonly right: Qualifier;
  readonly rightColumn: string;
}

/** One level of a request: what is read from one table and, below it, what is embedded. */
export interface ReadPlan {
  readonly from: QualifiedName;
  readonly alias: string | undefined;
  readonly select: readonly SelectedColumn[];
  readonly where: readonly Condition[];
  readonly order: readonly PlannedOrder[];
  readonly range: RowRange;
  readonly embeds: readonly Embed[];
}

export interface Embed extends ReadPlan {
  readonly relationship: Relationship;
  /** How a computed relationship calls the row that it starts from. */
  readonly parent: Qualifier;
  readonly joinConditions: readonly JoinCondition[];
  readonly join: JoinType | undefined;
  /** The key in the parent's object. */
  readonly key: string;
  /** The name of the joined subquery. */
  readonly joinAlias: string;
  readonly isToOne: boolean;
  readonly isSpread: boolean;
}
