import type { ConversationSession, FileRecord, Flowith, ImageSource } from "flowith-webapi";
import type { Context } from "../../context/context.ts";
import { PLAIN, type Style } from "../../markdown/cell.ts";
import { plainRows } from "../../markdown/plain-rows.ts";
import { styled } from "../../markdown/row-painter.ts";
import type { ChatFlags } from "./chat-flags.ts";
import type { MessageReader } from "./input/message-reader.ts";

export type TurnKind = "text" | "image" | "video";

/** A prompt and its answer, as `/fork`, `/retry` and `/save` need them. */
export interface Turn {
  kind: TurnKind;
  prompt: string;
  /** The node of the prompt. */
  promptId: string | undefined;
  answerId: string;
  /** Of media: the addresses, a line each. */
  answer: string;
  model: string | undefined;
}

/** What was asked for last, whatever came of it. */
export interface Attempt {
  kind: TurnKind;
  prompt: string;
  pictures: readonly ImageSource[];
}

/** A file for the next message. */
export interface Attachment {
  name: string;
  source: ImageSource;
  /** Set for what is no picture: it is named in the prompt. */
  file?: FileRecord | undefined;
}

/** What a chat remembers while it runs. */
export class Chat {
  readonly context: Context;
  readonly client: Flowith;
  readonly flags: ChatFlags;
  readonly reader: MessageReader;
  session: ConversationSession;
  /** The turns that lead to where the next one hangs. */
  turns: Turn[] = [];
  attachments: Attachment[] = [];
  model: string | undefined;
  reasoning = "";
  last: Attempt | undefined;
  /** Whether what was asked for last has come to nothing: it was stopped, or it failed. */
  hasFailed = false;

  constructor(
    context: Context,
    client: Flowith,
    flags: ChatFlags,
    reader: MessageReader,
    session: ConversationSession,
  ) {
    this.context = context;
    this.client = client;
    this.flags = flags;
    this.reader = reader;
    this.session = session;
    this.model = flags.model;
  }

  /** Lines to the terminal as they are: what holds an address or a path, which a break would spoil, or has its own. */
  print(lines: string): Promise<void> {
    return this.context.output.write(`${lines}\n`);
  }

  /** A sentence to the terminal, broken between words. */
  say(sentence: string, style: Style = PLAIN): Promise<void> {
    const { output } = this.context;
    return this.print(
      plainRows(sentence, output.columns - 1, style)
        .map((row) => styled(row, output.paint))
        .join("\n"),
    );
  }

  /** What is attached goes with the next message, and is attached no more. */
  takeAttachments(): { pictures: ImageSource[]; references: string[] } {
    const taken = this.attachments;
    this.attachments = [];
    return {
      pictures: taken.filter(({ file }) => file === undefined).map(({ source }) => source),
      references: taken.flatMap(({ file }) => (file === undefined ? [] : [file.reference])),
    };
  }
}
