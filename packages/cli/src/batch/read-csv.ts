import { CsvError, type Info, parse } from "csv-parse/sync";
import { usageError } from "../cli-error.ts";
import { convertCell } from "./csv-cell.ts";
import type { InputRecord } from "./input-record.ts";

interface Row {
  record: string[];
  info: Info;
  raw: string;
}

/**
 * Rows under a row of names. Empty cells are left out, so that one file may have lines of several kinds.
 * @param delimiter one character
 * @throws CliError where the file as a whole is none
 */
export function readCsv(text: string, delimiter: string): InputRecord[] {
  const [header, ...rows] = parseRows(text, delimiter).filter(({ record }) =>
    record.some((cell) => cell.trim() !== ""),
  );
  if (header === undefined) return [];
  const names = header.record.map((name) => name.trim());
  checkNames(names, delimiter);
  return rows.map((row) => ({ line: lineOf(row), ...readRow(names, row.record) }));
}

function parseRows(text: string, delimiter: string): Row[] {
  try {
    const options = { bom: true, delimiter, info: true, raw: true, relax_column_count: true } as const;
    const rows: unknown = parse(text, options);
    return Array.isArray(rows) ? rows : [];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw usageError(`The input is no CSV: ${error.message}.`, "A quote within a quoted cell is written twice.");
  }
}

function checkNames(names: readonly string[], delimiter: string): void {
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) !== index);
  if (twice !== undefined) throw usageError(`Two columns have the name ${JSON.stringify(twice)}.`);
  if (names.includes("prompt")) return;
  const other = [";", "\t", ","].find((one) => one !== delimiter && names.join(delimiter).includes(one));
  const option = other === "\t" ? "tab" : `'${other}'`;
  throw usageError(
    'The first line names the columns, and none of them is "prompt".',
    other === undefined ? undefined : `Are they separated otherwise? --delimiter ${option}`,
  );
}

/** `info` says where a row ends, and it may have several lines. */
function lineOf({ info, raw }: Row): number {
  return info.lines - (raw.trim().match(/\r\n|\n|\r/g)?.length ?? 0);
}

function emptyPrompt(isThere: boolean): string {
  return isThere ? 'the column "prompt" is empty' : 'the row ends before the column "prompt"';
}

function readRow(
  names: readonly string[],
  cells: readonly string[],
): { fields: Record<string, unknown> } | { problem: string } {
  const excess = cells.findIndex((cell, index) => cell !== "" && (names[index] ?? "") === "");
  if (excess !== -1) return { problem: `cell ${excess + 1} stands in a column without a name` };
  const fields: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    const cell = cells[index] ?? "";
    if (name === "prompt" && cell.trim() === "") return { problem: emptyPrompt(index < cells.length) };
    if (cell === "") continue;
    const converted = convertCell(name, cell);
    if ("problem" in converted) return { problem: `${name}: ${converted.problem}` };
    fields[name] = converted.value;
  }
  return { fields };
}
