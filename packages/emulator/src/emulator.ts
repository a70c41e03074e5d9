import type { NewKnowledgeBase } from "./edge/developer/knowledge-store.ts";
import type { FaultBook } from "./faults/fault-book.ts";
import type { AuthEmail } from "./gotrue/index.ts";
import type { Journal } from "./journal/journal.ts";
import type { Script } from "./model/script.ts";
import type { MovableClock } from "./movable-clock.ts";
import type { Settings } from "./settings.ts";
import type { EmulatorUser, NewUser } from "./users/users.ts";

/** What is there after a reset. */
export interface ResetOptions {
  /** Users in place of the well-known ones; with none the auth service is empty. */
  users?: readonly NewUser[] | undefined;
}

/** A Flowith backend of one's own. The first five fields are what a client is configured with. */
export interface Emulator extends AsyncDisposable {
  readonly url: string;
  readonly edgeUrl: string;
  readonly supabaseUrl: string;
  readonly supabaseKey: string;
  /** The well-known users with fresh sessions; new tokens after `reset`. */
  readonly users: readonly EmulatorUser[];
  /** Needed for `/__emulator` when the emulator is open to other machines. */
  readonly controlKey: string | undefined;
  /**
   * Answers in process, without a socket, whatever the host of the URL.
   * @example
   * const response = await emulator.fetch("https://edge.flowith.io/models");
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /**
   * A new user with a session and credits, ready to be put into a client.
   * @example
   * const { token, refreshToken } = await emulator.createUser({ credits: 5 });
   * const client = new Flowith({ token, refreshToken, edgeUrl: emulator.edgeUrl, supabaseUrl: emulator.supabaseUrl });
   */
  createUser(user?: NewUser): Promise<EmulatorUser>;
  /**
   * A knowledge base of a user's, for the developer API: each document is cut into passages, which are searched.
   * @returns its id
   * @example
   * const { id: userId, apiKey } = await emulator.createUser();
   * const { id } = await emulator.createKnowledgeBase({
   *   userId,
   *   documents: [{ title: "Ferry.md", text: "The ferry leaves at 7:30." }],
   * });
   */
  createKnowledgeBase(base: NewKnowledgeBase): Promise<{ id: string }>;
  readonly faults: Pick<FaultBook, "arm" | "remove" | "list">;
  readonly model: Pick<Script, "add" | "clear">;
  readonly clock: MovableClock;
  readonly journal: Pick<Journal, "list" | "waitFor" | "clear">;
  /** What the auth service would have sent by mail, oldest first: codes and links. */
  readonly emails: readonly AuthEmail[];
  /** Can be changed at any time. */
  readonly settings: Settings;
  /**
   * As a new one: the seed, no files, the clock and settings of the start; no faults, scripts, journal, jobs or open streams.
   * @example
   * await using own = await startEmulator();
   * await own.reset({ users: [{ email: "carol@example.com" }] });
   */
  reset(options?: ResetOptions): Promise<void>;
  /**
   * Keeps all rows and files as they are now; returns the name to restore them by.
   * @example
   * await using own = await startEmulator();
   * const before = await own.snapshot();
   * await own.createUser();
   * await own.restore(before);
   */
  snapshot(): Promise<string>;
  /**
   * @returns false when there is no such snapshot
   * @example
   * await using own = await startEmulator();
   * const isBack = await own.restore(await own.snapshot());
   */
  restore(id: string): Promise<boolean>;
  /**
   * Ends all jobs and streams and leaves nothing running.
   * @example
   * const own = await startEmulator();
   * await own.close();
   */
  close(): Promise<void>;
}
