/** Rows `lower` to `upper`, both included; without `upper` to the end. It is empty when `upper` lies below `lower`. */
export interface RowRange {
  readonly lower: number;
  readonly upper: number | undefined;
}

export const allRows: RowRange = { lower: 0, upper: undefined };

/** `limit=0`: the one empty range that is allowed. */
const noRows: RowRange = { lower: 0, upper: -1 };

export function isAllRows(range: RowRange): boolean {
  return range.lower === 0 && range.upper === undefined;
}

export function isEmpty(range: RowRange): boolean {
  return range.upper !== undefined && range.upper < range.lower;
}

export function isLimitZero(range: RowRange): boolean {
  return range.upper === -1;
}

export function limitOf(range: RowRange): number | undefined {
  return range.upper === undefined ? undefined : 1 + range.upper - range.lower;
}

export function intersect(a: RowRange, b: RowRange): RowRange {
  const upper = a.upper === undefined ? b.upper : b.upper === undefined ? a.upper : Math.min(a.upper, b.upper);
  return { lower: Math.max(a.lower, b.lower), upper };
}

/** `limit=0` wins over every other limit. */
export function keepLimitZero(limit: RowRange, range: RowRange): RowRange {
  return isLimitZero(limit) ? noRows : range;
}

export function restrictToMaxRows(range: RowRange, maxRows: number | undefined): RowRange {
  if (maxRows === undefined) return range;
  return keepLimitZero(range, intersect(range, { lower: -Infinity, upper: range.lower + maxRows - 1 }));
}

/** "5-9" or "5-"; anything else asks for every row. */
export function parseRangeHeader(header: string | null): RowRange {
  const match = /^([0-9]+)-([0-9]*)$/.exec(header ?? "");
  if (match === null) return allRows;
  return { lower: Number(match[1]), upper: match[2] === "" ? undefined : Number(match[2]) };
}

function integer(text: string): number | undefined {
  return /^\s*-?[0-9]+\s*$/.test(text) ? Number(text) : undefined;
}

export function limitRange(text: string): RowRange {
  const limit = integer(text);
  return limit === undefined ? allRows : { lower: 0, upper: limit - 1 };
}

export function offsetRange(text: string): RowRange {
  return { lower: integer(text) ?? 0, upper: undefined };
}

/** A limit and an offset of the same level. An unreadable limit counts as none at all here: zero rows. */
export function combineLimitAndOffset(limit: RowRange, offset: RowRange): RowRange {
  return { lower: offset.lower, upper: offset.lower + (limitOf(limit) ?? 0) - 1 };
}

export function contentRange(lower: number, upper: number, total: number | undefined): string {
  const rows = total !== 0 && lower <= upper ? `${lower}-${upper}` : "*";
  return `${rows}/${total ?? "*"}`;
}

export function rangeStatus(lower: number, upper: number, total: number | undefined): 200 | 206 | 416 {
  if (total === undefined) return 200;
  if (lower > total) return 416;
  return 1 + upper - lower < total ? 206 : 200;
}
