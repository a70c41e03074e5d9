import { type Column, isSameName, type Relationship, type Routine, type Table } from "../catalog/types.ts";
import { present, type Swagger, swaggerType, typeFields } from "./types.ts";

function defaultValue({ default: expression, dataType }: Column): unknown {
  if (expression === null) return undefined;
  if (swaggerType(dataType) === "string") {
    const suffix = `::${dataType}`;
    return expression.endsWith(suffix) ? expression.slice(0, -suffix.length).replace(/^'+|'+$/g, "") : expression;
  }
  try {
    return JSON.parse(expression);
  } catch {
    return undefined;
  }
}

function foreignKeyNote(table: Table, column: string, relationships: readonly Relationship[]): string | undefined {
  for (const relationship of relationships) {
    if (relationship.kind === "computed" || !isSameName(relationship.table, table)) continue;
    const { cardinality, foreignTable } = relationship;
    if (cardinality.kind === "many-to-many" || cardinality.kind === "one-to-many" || cardinality.columns.length !== 1)
      continue;
    const [own, foreign] = cardinality.columns[0] ?? [];
    // The side of a one-to-one that is pointed at has no key of its own.
    if (own !== column || relationship.isInverse) continue;
    return `This is a Foreign Key to \`${foreignTable.name}.${foreign}\`.<fk table='${foreignTable.name}' column='${foreign}'/>`;
  }
  return undefined;
}

function describeColumn(table: Table, column: Column, relationships: readonly Relationship[]): string | undefined {
  const notes = [
    table.primaryKey.includes(column.name) ? "This is a Primary Key.<pk/>" : undefined,
    foreignKeyNote(table, column.name, relationships),
  ].filter((note) => note !== undefined);
  if (notes.length === 0) return column.description ?? undefined;
  const own = column.description === null ? "" : `${column.description}\n\n`;
  return own + ["Note:", ...notes].join("\n");
}

/** A table as the object that its rows are. */
export function tableDefinition(table: Table, relationships: readonly Relationship[]): Swagger {
  const columns = [...table.columns.values()];
  const required = columns.filter(({ isNullable }) => !isNullable).map(({ name }) => name);
  const properties = columns.map((column) => [
    column.name,
    present({
      ...typeFields(column.dataType),
      default: defaultValue(column),
      description: describeColumn(table, column, relationships),
      enum: column.enumValues.length === 0 ? undefined : column.enumValues,
      maxLength: column.maxLength ?? undefined,
    }),
  ]);
  return present({
    type: "object",
    description: table.description ?? undefined,
    required: required.length === 0 ? undefined : required,
    properties: Object.fromEntries(properties),
  });
}

/** The arguments of a function as the object that its body is. */
export function argumentsDefinition({ parameters, description }: Routine): Swagger {
  const required = parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return present({
    type: "object",
    description: description ?? undefined,
    required: required.length === 0 ? undefined : required,
    properties: Object.fromEntries(parameters.map(({ name, type }) => [name, present(typeFields(type))])),
  });
}
