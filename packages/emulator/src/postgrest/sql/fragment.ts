const marker: unique symbol = Symbol("sql");

interface Bound {
  readonly bound: string | null;
}

/**
 * A piece of SQL. Only the functions of this file make one, and none of them takes text of a request as SQL:
 * values are bound, names are quoted.
 */
export interface Fragment {
  readonly [marker]: readonly (string | Bound)[];
}

export interface Statement {
  readonly text: string;
  readonly parameters: readonly (string | null)[];
}

function fragment(parts: readonly (string | Bound)[]): Fragment {
  return { [marker]: parts };
}

export const empty: Fragment = fragment([]);

/** The literal parts are this program's own text; what stands in the holes is a fragment already. */
export function sql(literals: TemplateStringsArray, ...holes: readonly Fragment[]): Fragment {
  const parts: (string | Bound)[] = [];
  literals.forEach((literal, index) => {
    if (literal !== "") parts.push(literal);
    const hole = holes[index];
    if (hole !== undefined) parts.push(...hole[marker]);
  });
  return fragment(parts);
}

/** A value without a type: Postgres takes the type from where it stands. */
export function bind(value: string | null): Fragment {
  return fragment([{ bound: value }]);
}

function beforeNull(text: string): string {
  const end = text.indexOf("\0");
  return end === -1 ? text : text.slice(0, end);
}

export function quoteIdentifier(text: string): string {
  return `"${beforeNull(text).replaceAll('"', '""')}"`;
}

/** A quoted, possibly qualified name; an empty schema is left out. */
export function name(...parts: readonly string[]): Fragment {
  return fragment([
    parts
      .filter((part) => part !== "")
      .map(quoteIdentifier)
      .join("."),
  ]);
}

/** A literal in the text, for the few places that take no parameter. */
export function literal(text: string): Fragment {
  const escaped = beforeNull(text).replaceAll("'", "''");
  return fragment([escaped.includes("\\") ? `E'${escaped.replaceAll("\\", "\\\\")}'` : `'${escaped}'`]);
}

/** SQL that the catalog gave us, such as the type or the default of a column. */
export function fromCatalog(text: string): Fragment {
  return fragment([text]);
}

/**
 * The type of a cast. It cannot be quoted ("int" and "double precision" are grammar, not names), so each word must
 * look like one; whatever else it is becomes one quoted name, which no type has.
 */
export function castType(text: string): Fragment {
  const words = text.split(" ").filter((word) => word !== "");
  const isPlain = words.length > 0 && words.every((word) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(word));
  return isPlain ? fragment([words.join(" ")]) : name(text);
}

export function join(fragments: readonly Fragment[], separator: string): Fragment {
  return fragment(fragments.flatMap((part, index) => (index === 0 ? part[marker] : [separator, ...part[marker]])));
}

export function render(sqlFragment: Fragment): Statement {
  const parameters: (string | null)[] = [];
  let text = "";
  for (const part of sqlFragment[marker]) {
    if (typeof part === "string") {
      text += part;
    } else {
      parameters.push(part.bound);
      text += `$${parameters.length}`;
    }
  }
  return { text, parameters };
}
