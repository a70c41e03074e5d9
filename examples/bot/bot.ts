import type { ConversationSession, FlowithOptions, GenerationStream, JobHandle, JobResults } from "flowith-webapi";
import {
  AuthenticationError,
  ClientPool,
  ConnectionError,
  Flowith,
  fileJobStore,
  fileKeyValueStore,
  keyValueSessionStore,
  prefixedKeyValueStore,
  TimeoutError,
} from "flowith-webapi";
import { explain } from "./explain.ts";
import type { Messenger } from "./messenger.ts";
import { Turns } from "./turns.ts";

const HELP = "Talk to me, or send /image and what to draw. /login, /credits, /new for a new conversation, /stop.";
const EDIT_EVERY_MS = 1_000;

export interface BotOptions {
  messenger: Messenger;
  /** Where sessions, conversations, jobs and pictures are kept. */
  folder: string;
  /** Where a sign-in comes back to. */
  redirectTo: string;
  /** Which service it is, for every user. */
  service: Pick<FlowithOptions, "edgeUrl" | "supabaseUrl" | "supabaseKey">;
}

/** What goes with a job, so that its result finds its way back to the message that waits for it, by another process too. */
interface JobNote {
  label: string;
  metadata: string;
  onSubmit: (handle: JobHandle) => Promise<void>;
  signal: AbortSignal;
}

type Show = (text: string) => Promise<void>;
type Output = JobResults[keyof JobResults];

/** A chat for each user, who has an account of their own at Flowith. */
export class Bot {
  readonly #messenger: Messenger;
  readonly #options: BotOptions;
  readonly #clients: ClientPool<Flowith>;
  /** By client, so that a conversation goes when the pool lets its client go; its id is on the disk. */
  readonly #sessions = new WeakMap<Flowith, ConversationSession>();
  readonly #conversations;
  /** What users are owed: kept until they have it, where the client's `jobStore` forgets a job as soon as that ends. */
  readonly #owed;
  readonly #turns = new Turns();

  constructor(options: BotOptions) {
    const signIns = fileKeyValueStore(`${options.folder}/sign-ins`);
    this.#options = options;
    this.#messenger = options.messenger;
    this.#conversations = fileKeyValueStore(`${options.folder}/conversations`);
    this.#owed = fileJobStore(`${options.folder}/jobs`);
    this.#clients = new ClientPool({
      maxRequests: 64,
      create: (userId) => {
        const store = keyValueSessionStore(signIns, userId);
        const verifierStore = prefixedKeyValueStore(signIns, userId);
        const flowith = new Flowith({ ...options.service, store, verifierStore });
        flowith.auth.onChange(({ type }) => {
          if (type === "expired") void this.#messenger.send(userId, "Your sign-in at Flowith is over.");
        });
        return flowith;
      },
    });
  }

  /** Goes on with what an earlier process was asked for, and then listens. */
  async start(): Promise<void> {
    const owed = await this.#owed.list();
    for (const userId of new Set(owed.map(({ label = "" }) => label))) {
      this.#watch(
        userId,
        this.#turns.add(userId, (signal) => this.#takeUp(userId, owed, signal)),
      );
    }
    this.#messenger.onMessage((userId, text) => {
      this.#watch(userId, this.#obey(userId, text));
    });
  }

  #watch(userId: string, done: Promise<unknown>): void {
    done.catch((error: unknown) => this.#messenger.send(userId, explain(error))).catch(console.error);
  }

  async #obey(userId: string, message: string): Promise<unknown> {
    const [, command, text = ""] = /^(\/\w+)?\s*(.*)$/s.exec(message.trim()) ?? [];
    switch (command) {
      case undefined:
        return this.#make(userId, async (session, note, show) => streamed(session.sendStream(text, note), show));
      case "/image":
        return this.#make(userId, async (session, note) => session.generateImage(text, note));
      case "/login":
        return text === "" ? this.#offerSignIn(userId) : this.#signIn(userId, text);
      case "/credits": {
        const { account } = await this.#clients.get(userId);
        return this.#messenger.send(userId, `${(await account.balance()).remainQuota} credits are left.`);
      }
      case "/new":
        this.#turns.stop(userId);
        return this.#turns.add(userId, () => this.#forget(userId));
      case "/stop":
        return this.#turns.stop(userId);
      default:
        return this.#messenger.send(userId, HELP);
    }
  }

  async #offerSignIn(userId: string): Promise<void> {
    const { auth } = await this.#clients.get(userId);
    const { url } = await auth.signInWithOAuth({ provider: "google", redirectTo: this.#options.redirectTo });
    await this.#messenger.send(userId, `Sign in at ${url}\nor send /login and what the web app keeps of your session.`);
  }

  /** @param secret the code of a sign-in by redirect, or tokens that were copied out of the web app */
  async #signIn(userId: string, secret: string): Promise<void> {
    const flowith = await this.#clients.get(userId);
    try {
      if (/^[\da-f-]{36}$/i.test(secret)) await flowith.auth.exchangeCode(secret);
      else await flowith.auth.setSession(secret);
    } catch (error) {
      if (!AuthenticationError.is(error)) throw error;
      await this.#messenger.send(userId, `That is no sign-in: ${error.message}`);
      return;
    }
    this.#sessions.delete(flowith);
    await this.#messenger.send(
      userId,
      "You are signed in. Delete your message: it may hold what lets others act as you.",
    );
    await this.#turns.add(userId, async (signal) => this.#takeUp(userId, await this.#owed.list(), signal));
  }

  async #forget(userId: string): Promise<void> {
    const flowith = await this.#clients.get(userId);
    this.#sessions.delete(flowith);
    await this.#conversations.delete(await keyOf(userId, flowith));
    await this.#messenger.send(userId, "This is a new conversation.");
  }

  async #session(userId: string): Promise<{ key: string; session: ConversationSession }> {
    const flowith = await this.#clients.get(userId);
    const key = await keyOf(userId, flowith);
    const convId = (await this.#conversations.get(key)) ?? undefined;
    const session = this.#sessions.get(flowith) ?? flowith.startConversation({ convId, maxTurns: 20, autoTitle: true });
    this.#sessions.set(flowith, session);
    return { key, session };
  }

  #make(
    userId: string,
    begin: (session: ConversationSession, note: JobNote, show: Show) => Promise<Output>,
  ): Promise<void> {
    return this.#turns.add(userId, async (signal) => {
      const { key, session } = await this.#session(userId);
      const messageId = await this.#messenger.send(userId, "…");
      let owed: JobHandle | undefined;
      const onSubmit = async (handle: JobHandle) => {
        owed = handle;
        await this.#owed.put(handle);
        await this.#conversations.set(key, handle.convId);
      };
      const show = this.#shower(userId, messageId);
      const output = begin(session, { label: userId, metadata: messageId, onSubmit, signal }, show);
      await this.#deliver(output, show, signal, () => owed);
    });
  }

  /** Waits for what is owed since before a restart, or since before a sign-in was over. */
  async #takeUp(userId: string, owed: readonly JobHandle[], signal: AbortSignal): Promise<void> {
    const flowith = await this.#clients.get(userId);
    for (const handle of owed) {
      if (handle.label !== userId) continue;
      const show = this.#shower(userId, String(handle.metadata));
      await this.#deliver(flowith.resume(handle).wait({ signal }), show, signal, () => handle);
    }
  }

  /** Shows how a job has ended, and only then lets go of it. What may still come stays owed. */
  async #deliver(
    output: Promise<Output>,
    show: Show,
    signal: AbortSignal,
    owed: () => JobHandle | undefined,
  ): Promise<void> {
    let mayStillCome = false;
    try {
      await show(await this.#textOf(await output));
    } catch (error) {
      mayStillCome = AuthenticationError.is(error) || ConnectionError.is(error) || TimeoutError.is(error);
      await show(signal.aborted ? "Stopped." : explain(error));
    }
    const handle = owed();
    if (handle !== undefined && !mayStillCome) await this.#owed.delete(handle.userNodeId);
  }

  #shower(userId: string, messageId: string): Show {
    return async (text) => void (await this.#messenger.send(userId, text, messageId));
  }

  /** A picture is saved, and told by its path. */
  async #textOf(output: Output): Promise<string> {
    if ("text" in output) return output.text;
    const media = "image" in output ? output.image : output.video;
    return (await media.save(`${this.#options.folder}/pictures`)).location;
  }
}

/** A conversation is of a chat and of an account, which may be another one after the next sign-in. */
async function keyOf(userId: string, { auth }: Flowith): Promise<string> {
  const session = await auth.session();
  if (session === null) throw new AuthenticationError("Nobody is signed in.");
  return JSON.stringify([userId, session.userId]);
}

/** Shows what is there of a text every second, and gives the whole in the end. */
async function streamed(stream: GenerationStream, show: Show): Promise<Output> {
  let shownAtMs = Date.now();
  for await (const { text, isFinal } of stream) {
    if (isFinal || text === "" || Date.now() - shownAtMs < EDIT_EVERY_MS) continue;
    await show(`${text} …`);
    shownAtMs = Date.now();
  }
  return stream.output;
}
