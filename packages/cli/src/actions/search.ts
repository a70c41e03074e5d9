import {
  AuthenticationError,
  type KnowledgeAnswer,
  type KnowledgeSource,
  type KnowledgeStream,
} from "flowith-webapi/developer";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { developerClient } from "../context/developer-client.ts";
import { ExitCode } from "../exit-codes.ts";
import { readPrompt } from "../input/read-prompt.ts";
import type { Output } from "../output/output.ts";
import { oneLine } from "../output/printable.ts";
import { PrintableStream } from "../output/printable-stream.ts";
import { ProgressLine } from "../output/progress-line.ts";
import { cut } from "../output/table.ts";

export interface SearchFlags {
  knowledgeBase?: string[];
  model?: string;
  sources: boolean;
  stdin: boolean;
}

const INDENT = "    ";

/** `{ text, sources: [{ id, title, text, sourceId, order, tokens }] }` */
export async function search(context: Context, words: string[], flags: SearchFlags): Promise<void> {
  const { output, shell, signal } = context;
  await using developer = await developerClient(context);
  const question = await readPrompt(shell, words, (line) => output.note(line), flags.stdin);
  const stream = developer.knowledge.searchStream(question, {
    signal,
    model: flags.model,
    knowledgeBases: flags.knowledgeBase,
  });
  try {
    const { text, sources } = await (output.isJson ? stream.output : shown(output, stream));
    const told = flags.sources ? sources : [];
    if (output.isJson) await output.result({ text, sources: told.map(sourceJson) }, () => "");
    else if (told.length > 0) await output.write(`\n${told.map((source, i) => footnote(output, source, i)).join("")}`);
  } catch (error) {
    if (AuthenticationError.is(error)) throw refusedKey(error);
    throw error;
  }
}

/** Writes the answer as it comes. */
async function shown(output: Output, stream: KnowledgeStream): Promise<KnowledgeAnswer> {
  using line = new ProgressLine(output, "Searching");
  let isWriting = false;
  let last = "";
  let pieces = new PrintableStream();
  const write = async (text: string): Promise<void> => {
    if (text !== "") await output.write(text);
  };
  for await (const { phase, textDelta, text, isRevised, searching, sources } of stream) {
    if (phase === "searching" && searching !== undefined) line.text = `Searching: ${searching}`;
    if (phase === "sources") line.text = `Reading ${sources.length} ${sources.length === 1 ? "passage" : "passages"}`;
    if (!isWriting && text !== "") {
      isWriting = true;
      line[Symbol.dispose]();
    }
    last = text;
    if (!isRevised) {
      await write(output.isTerminal ? pieces.push(textDelta) : textDelta);
      continue;
    }
    output.warn("The service has changed its answer at the end. The whole of it:");
    pieces = new PrintableStream();
    await write(`\n${output.isTerminal ? pieces.push(text) : text}`);
  }
  if (output.isTerminal) await write(pieces.end());
  if (!last.endsWith("\n")) await output.write("\n");
  return stream.output;
}

/** What is not known is null, so that each field is there. */
function sourceJson({ id, title, text, sourceId, order, tokens }: KnowledgeSource): Record<string, unknown> {
  return {
    id,
    title: title ?? null,
    text: text ?? null,
    sourceId: sourceId ?? null,
    order: order ?? null,
    tokens: tokens ?? null,
  };
}

/** A source in two lines: its document, and how the passage begins. The whole passage is for `--json`. */
function footnote(output: Output, { title, sourceId, text, tokens }: KnowledgeSource, index: number): string {
  const name = oneLine(title ?? "") || oneLine(sourceId ?? "") || "untitled";
  const size = tokens == null ? "" : ` (${tokens} ${tokens === 1 ? "token" : "tokens"})`;
  const begin = cut(oneLine(text ?? ""), Math.max(1, output.columns - INDENT.length));
  const passage = begin === "" ? "" : `${INDENT}${output.paint("dim", begin)}\n`;
  return `[${index + 1}] ${name}${size}\n${passage}`;
}

function refusedKey(cause: AuthenticationError): CliError {
  return new CliError("The service refuses the API key in FLOWITH_API_KEY.", {
    exitCode: ExitCode.SignIn,
    code: "authentication",
    hint: "Make a new one in the settings of the web app (https://flowith.io), and set FLOWITH_API_KEY to it.",
    cause,
  });
}
