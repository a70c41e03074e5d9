/** A column of a query that is a column of a table as it stands. */
export interface OriginColumn {
  /** 1 is the first column of the query. */
  readonly position: number;
  readonly relation: number;
  readonly column: number;
}

/** The nodes two levels deep, each without the nodes inside it. A backslash escapes the next character. */
function entriesOfQuery(tree: string): string[] {
  const entries: string[] = [];
  let depth = 0;
  let own = "";
  for (let index = 0; index < tree.length; index += 1) {
    const character = tree.charAt(index);
    if (character === "\\") {
      if (depth === 2) own += tree.slice(index, index + 2);
      index += 1;
    } else if (character === "{") {
      depth += 1;
      if (depth === 2) own = "";
    } else if (character === "}") {
      if (depth === 2) entries.push(own);
      depth -= 1;
    } else if (depth === 2) {
      own += character;
    }
  }
  return entries;
}

function numberOf(entry: string, field: string): number {
  return Number(new RegExp(`(?<!\\\\) :${field} (\\d+)`).exec(entry)?.[1] ?? 0);
}

/** Postgres keeps the query of a view as a pg_node_tree, which says where each column comes from. */
export function originColumns(tree: string): OriginColumn[] {
  return entriesOfQuery(tree)
    .filter((entry) => entry.startsWith("TARGETENTRY "))
    .map((entry) => ({
      position: numberOf(entry, "resno"),
      relation: numberOf(entry, "resorigtbl"),
      column: numberOf(entry, "resorigcol"),
    }))
    .filter(({ relation }) => relation !== 0);
}
