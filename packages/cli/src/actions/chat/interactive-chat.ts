import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { usageError } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { conversationFlag } from "../../conversations/find-conversation.ts";
import { promptWords } from "../../conversations/prompt-words.ts";
import { diskWords } from "../../disk/disk-words.ts";
import { placedSource } from "../../input/placed-source.ts";
import { DIM } from "../../markdown/cell.ts";
import { MarkdownStream } from "../../markdown/markdown-stream.ts";
import { oneLine, printable } from "../../output/printable.ts";
import { cut } from "../../output/table.ts";
import { answer } from "./answer.ts";
import { Chat } from "./chat.ts";
import type { ChatFlags } from "./chat-flags.ts";
import { commandOf, runCommand } from "./commands/run-command.ts";
import { Completer } from "./completer.ts";
import { HistoryFile } from "./input/history-file.ts";
import { MessageReader } from "./input/message-reader.ts";
import { markdownOptions } from "./markdown-options.ts";
import { takeUp } from "./taken-up.ts";
import { tellError } from "./tell-error.ts";
import { checkTextModel } from "./text-models.ts";

/** How many of the last turns are shown of a conversation that is taken up. */
const SHOWN_TURNS = 2;
/** With the first 8 characters of an id. */
const SHORT_COMMAND = "flowith chat --conversation 12345678".length;

/** A chat with a person at a terminal, until they end it. */
export async function interactiveChat(context: Context, firstMessage: string, flags: ChatFlags): Promise<void> {
  const { output, shell, signal } = context;
  // notes would stand in the middle of an answer
  await using client = await context.makeClient({ middleware: [] });
  // before somebody types a long message that cannot be sent
  await context.requireSession(client);
  const { system, model, maxTurns } = flags;
  const images = await Promise.all((flags.image ?? []).map((path) => checkedPicture(shell.cwd, path)));
  const conversation = await conversationFlag(client, flags.conversation, signal);
  const taken = conversation === undefined ? undefined : await takeUp(client, conversation, signal);
  if (model !== undefined) await checkTextModel(client, model, signal);
  const { folders } = await context.settings();
  const history = new HistoryFile(join(folders.state, "chat-history"), (error) => {
    output.warn(`What you type is not remembered for the next chat: ${printable(diskWords(error))}.`);
  });
  const completer = new Completer(client, shell);
  using reader = await MessageReader.open({
    shell,
    output,
    history: flags.history ? history : undefined,
    complete: (line) => completer.complete(line),
  });
  const session = client.startConversation({
    system,
    model,
    convId: conversation,
    autoTitle: true,
    ...(maxTurns === undefined ? {} : { maxTurns }),
  });
  const chat = new Chat(context, client, flags, reader, session);
  chat.attachments = images.map((source) => ({ name: source, source }));
  if (taken === undefined) await chat.say("/help lists the commands, Ctrl-D ends the chat.", DIM);
  else {
    chat.turns = taken.turns;
    const last = taken.turns.at(-1);
    if (last !== undefined) chat.session = session.fork(last.answerId);
    await showTaken(chat, taken.title);
  }
  await output.write("\n");
  await talk(chat, firstMessage);
  await sayGoodbye(chat);
}

/** @throws CliError for a file that cannot be read: before the message is typed that it goes with */
async function checkedPicture(cwd: string, path: string): Promise<string> {
  const source = placedSource(cwd, path);
  if (/^(https?|data|file):/i.test(source)) return source;
  try {
    await access(source, constants.R_OK);
  } catch (cause) {
    throw usageError(`--image: ${path} cannot be read: ${diskWords(cause)}.`);
  }
  return source;
}

async function talk(chat: Chat, firstMessage: string): Promise<void> {
  const { output } = chat.context;
  if (firstMessage !== "") {
    await chat.print(`${output.paint("cyan", "›")} ${printable(firstMessage)}`);
    if ((await say(chat, firstMessage)) === "end") return;
  }
  for (;;) {
    const message = await chat.reader.read();
    if (message === undefined || (await say(chat, message)) === "end") return;
  }
}

/** A message or a command. */
async function say(chat: Chat, message: string): Promise<"end" | undefined> {
  const command = commandOf(message);
  try {
    if (command !== undefined) return await runCommand(chat, command);
  } catch (error) {
    chat.context.signal.throwIfAborted();
    await tellError(chat.context, error);
    return undefined;
  }
  const { pictures, references } = chat.takeAttachments();
  // two slashes say that one of them is the message's own
  const prompt = [...references, message.replace(/^\/\//, "/")].join("\n");
  await answer(chat, prompt, pictures);
  return undefined;
}

async function showTaken(chat: Chat, title: string | undefined): Promise<void> {
  const { output } = chat.context;
  const name = title === undefined || title.trim() === "" ? "(no title)" : oneLine(title);
  const count = chat.turns.length;
  await chat.print(
    `${output.paint("bold", name)} ${output.paint("dim", `${count} ${count === 1 ? "turn" : "turns"}`)}`,
  );
  const options = markdownOptions(chat.context);
  for (const { prompt, answer: text } of chat.turns.slice(-SHOWN_TURNS)) {
    await chat.print(`\n${output.paint("cyan", "›")} ${cut(oneLine(promptWords(prompt)), output.columns - 3)}`);
    const markdown = options === undefined ? undefined : new MarkdownStream(options);
    const shown = excerpt(text);
    await output.write(markdown === undefined ? `${printable(shown)}\n` : markdown.push(shown) + markdown.end());
  }
}

/** The beginning of an answer: it is there to remember by. */
function excerpt(text: string): string {
  const lines = text.split("\n");
  const kept = lines.slice(0, 6).join("\n").slice(0, 600);
  return kept === text ? text : `${kept.trimEnd()} …`;
}

async function sayGoodbye({ session, flags, context: { output } }: Chat): Promise<void> {
  if (session.convId === undefined) return;
  const command = `flowith chat --conversation ${session.convId}`;
  const line = `To go on: ${command}`;
  // the beginning of an id is enough for a new one, and a command that is broken cannot be copied
  const isWhole = line.length < output.columns || flags.conversation !== undefined;
  const shown = isWhole ? line : `To go on:\n${command.slice(0, SHORT_COMMAND)}`;
  await output.write(`${output.paint("dim", shown)}\n`);
}
