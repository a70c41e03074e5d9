import { createHash } from "node:crypto";
import { type Flowith, FlowithError, type JobKind, type ManyInput, type ManyTask } from "flowith-webapi";
import { usageError } from "../cli-error.ts";
import { oneLine } from "../output/printable.ts";
import type { BatchLine } from "./batch-line.ts";
import type { InputRecord } from "./input-record.ts";
import { withPlacedPictures } from "./line-pictures.ts";
import { LineProblem } from "./line-problem.ts";

export interface LineDefaults {
  kind?: JobKind;
  model?: string;
  system?: string;
}

export interface LineRules {
  defaults: LineDefaults;
  /** What relative paths are relative to. */
  cwd: string;
  /** Whether each job needs a handle, by which a later run finds it. */
  needsHandle: boolean;
}

const MOST_SHOWN = 20;

/**
 * Reads all lines as `generateMany` will, before any of them costs anything.
 * @throws CliError that tells each wrong line
 */
export async function checkLines(
  client: Pick<Flowith, "checkInput">,
  records: readonly InputRecord[],
  rules: LineRules,
): Promise<BatchLine[]> {
  const problems: string[] = [];
  const lines: BatchLine[] = [];
  const linesById = new Map<string, number>();
  for (const [index, record] of records.entries()) {
    try {
      if ("problem" in record) throw new LineProblem(record.problem);
      const line = await checkLine(client, record.fields, { index, line: record.line }, rules);
      const earlier = linesById.get(line.id);
      if (earlier !== undefined)
        throw new LineProblem(`the id ${JSON.stringify(line.id)} is that of line ${earlier} too`);
      linesById.set(line.id, record.line);
      lines.push(line);
    } catch (error) {
      if (!(error instanceof LineProblem)) throw error;
      problems.push(`line ${record.line}: ${oneLine(error.message)}`);
    }
  }
  if (problems.length > 0) throw wrongLines(problems);
  checkModel(lines, records, rules.defaults);
  return lines;
}

async function checkLine(
  client: Pick<Flowith, "checkInput">,
  fields: Record<string, unknown>,
  place: { index: number; line: number },
  { defaults, cwd, needsHandle }: LineRules,
): Promise<BatchLine> {
  // other programs write null for what is not there
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  const id = said.id === undefined ? String(place.index + 1) : idOf(said.id);
  const { kind = defaults.kind ?? "text" } = said;
  const system = kind === "text" && defaults.system !== undefined ? { system: defaults.system } : {};
  const model = defaults.model === undefined ? {} : { model: defaults.model };
  // with one in its place all else that is wrong is told first, such as a name that was mistyped
  const task = readTask(client, { ...model, ...system, prompt: "missing", ...said, kind, id });
  if (said.prompt === undefined) throw new LineProblem('"prompt" is missing');
  if (needsHandle && Reflect.get(task.options, "direct") === true)
    throw new LineProblem("direct: such a text has no job that a later run could take up. Leave it out, or --output");
  const names = new Set(["id", "kind", "prompt", ...Object.keys(task.options)]);
  const own = Object.fromEntries(Object.entries(fields).filter(([name, value]) => !names.has(name) && value !== null));
  return {
    ...place,
    id,
    kind: task.kind,
    input: manyInput(task, id, await withPlacedPictures(task.options, cwd)),
    own,
    digest: digestOf(task),
  };
}

function idOf(id: unknown): string {
  if (typeof id === "number") return String(id);
  if (typeof id === "string" && id.trim() !== "") return id;
  throw new LineProblem("id: Expected a text that is not empty, or a number");
}

function readTask(client: Pick<Flowith, "checkInput">, input: object): ManyTask {
  try {
    return client.checkInput(input);
  } catch (error) {
    if (!FlowithError.is(error)) throw error;
    throw new LineProblem(error.message.replace(/^generateMany: /, ""));
  }
}

function manyInput({ kind, prompt }: ManyTask, id: string, options: object): ManyInput & object {
  switch (kind) {
    case "text":
      return { ...options, id, prompt, kind };
    case "image":
      return { ...options, id, prompt, kind };
    case "video":
      return { ...options, id, prompt, kind };
  }
}

function digestOf({ kind, prompt, options }: ManyTask): string {
  const asked = [kind, prompt, Object.entries(options).sort(([one], [other]) => (one < other ? -1 : 1))];
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 32);
}

/** A model is of one kind: one for all lines must not go to lines of several. */
function checkModel(lines: readonly BatchLine[], records: readonly InputRecord[], { model }: LineDefaults): void {
  if (model === undefined) return;
  const taking = lines.filter(({ index }) => {
    const record = records[index];
    return record !== undefined && "fields" in record && (record.fields.model ?? undefined) === undefined;
  });
  const kinds = new Set(taking.map(({ kind }) => kind));
  if (kinds.size <= 1) return;
  throw usageError(
    `--model ${model} would go to lines of the kinds ${[...kinds].join(" and ")}; nothing was sent.`,
    'Name the models in the lines: "model": "…".',
  );
}

function wrongLines(problems: readonly string[]): Error {
  const count = problems.length === 1 ? "One line is" : `${problems.length} lines are`;
  const rest = problems.length > MOST_SHOWN ? [`and ${problems.length - MOST_SHOWN} more`] : [];
  const shown = [...problems.slice(0, MOST_SHOWN), ...rest].map((problem) => `  ${problem}`);
  return usageError([`${count} wrong, and nothing was sent:`, ...shown].join("\n"));
}
