import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { diskWords } from "../disk/disk-words.ts";
import { readPiped } from "../input/read-piped.ts";
import type { InputRecord } from "./input-record.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonl } from "./read-jsonl.ts";

export interface InputFlags {
  format?: "jsonl" | "csv";
  delimiter?: string;
}

/** @throws CliError for an input that cannot be read, or has nothing in it */
export async function readInput(context: Context, input: string, flags: InputFlags): Promise<InputRecord[]> {
  if (input === "") throw usageError("The input is empty.", "It takes a file, or - for stdin.");
  const text = input === "-" ? await piped(context) : await readWhole(resolve(context.shell.cwd, input));
  const extension = extname(input).toLowerCase();
  const isTable = flags.format === "csv" || flags.delimiter !== undefined || [".csv", ".tsv"].includes(extension);
  const isLines = flags.format === "jsonl";
  if (isLines && flags.delimiter !== undefined) throw usageError("--delimiter is for a CSV.");
  const records =
    isTable && !isLines ? readCsv(text, delimiterOf(flags, extension === ".tsv" ? "\t" : ",")) : readJsonl(text);
  if (records.length === 0) throw usageError(`There is nothing to do in ${input === "-" ? "stdin" : input}.`);
  return records;
}

function piped({ shell, output }: Context): Promise<string> {
  return readPiped(shell, (line) => output.note(line));
}

function delimiterOf({ delimiter }: InputFlags, usual: string): string {
  if (delimiter === undefined) return usual;
  if (delimiter === "tab" || delimiter === "\\t") return "\t";
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
  throw usageError(`--delimiter is one character or \`tab\`, not ${JSON.stringify(delimiter)}.`);
}

async function readWhole(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw usageError(`Cannot read ${path}: ${diskWords(error)}.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw usageError(`${path} is no UTF-8 text.`, "Save it as UTF-8; spreadsheets call it “CSV UTF-8”.");
  }
}
