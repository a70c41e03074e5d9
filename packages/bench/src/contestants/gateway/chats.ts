import { Frames } from "../../load-server/frames.ts";
import { PROMPTS, SMALL, type StartPlan } from "../../load-server/jobs.ts";
import { start, whenReady } from "../control.ts";
import type { Task } from "../task.ts";
import { ChatClient } from "./chat-client.ts";

/** Chats through one server, all of a wave at once, each with a text of its own that is compared whole. */
export class Chats {
  readonly #task: Task;
  readonly #url: string;
  readonly #prompt: string;
  readonly #frames: Frames;
  #last = 0;

  /** @param url of the server. With no events in the task, the load server sends its small answer as soon as it is asked. */
  constructor(task: Task, url: string) {
    this.#task = task;
    this.#url = url;
    this.#prompt = task.events === 0 ? PROMPTS.small : PROMPTS.hold;
    this.#frames = new Frames({ ...(task.events === 0 ? SMALL : planOf(task)), nodeIds: [] });
  }

  /** @param onFirstDelta told after how many ms. @returns what went wrong, one line for each chat that is lost */
  async wave(onFirstDelta: (afterMs: number) => void = () => undefined): Promise<string[]> {
    using client = new ChatClient(this.#url);
    const chats = Array.from({ length: this.#task.jobs }, () =>
      this.#chat(client, onFirstDelta).catch((error: unknown) => String(error)),
    );
    const ended = Promise.all(chats);
    // Where chats fail, the load server never has all of them.
    if (this.#task.events > 0 && (await Promise.race([whenReady(this.#task), ended]))) await start(this.#task);
    return (await ended).filter((failure) => failure !== undefined);
  }

  async #chat(client: ChatClient, onFirstDelta: (afterMs: number) => void): Promise<string | undefined> {
    const label = `n${++this.#last}`;
    const startedAtMs = performance.now();
    let isFirst = true;
    const text = await client.chat(`${this.#prompt} ${label}`, () => {
      if (isFirst) onFirstDelta(performance.now() - startedAtMs);
      isFirst = false;
    });
    const wanted = this.#frames.wholeText(label);
    return text === wanted
      ? undefined
      : `the text of ${label} is another one: "${text.slice(0, 100)}", ${text.length} of ${wanted.length} characters`;
  }
}

function planOf({ events, bytes, isAllText, hasResult }: Task): StartPlan {
  return { eventsPerJob: events, eventBytes: bytes, isAllText, hasResult };
}
