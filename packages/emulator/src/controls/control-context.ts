import type { NewKnowledgeBase } from "../edge/developer/knowledge-store.ts";
import type { ResetOptions } from "../emulator.ts";
import type { FaultBook } from "../faults/fault-book.ts";
import type { AuthEmail } from "../gotrue/index.ts";
import type { Journal } from "../journal/journal.ts";
import type { Script } from "../model/script.ts";
import type { MovableClock } from "../movable-clock.ts";
import type { Settings } from "../settings.ts";
import type { EmulatorUser, NewUser } from "../users/users.ts";

export interface EmulatorStatus {
  pid: number;
  serves: "flowith" | "custom";
  dataDir: string | null;
  users: number;
  runningJobs: number;
  openStreams: number;
  requests: number;
  faults: number;
  nowMs: number;
}

/** What can be controlled from outside. */
export interface ControlContext {
  faults: FaultBook;
  journal: Journal;
  emails: readonly AuthEmail[];
  script: Script;
  clock: MovableClock;
  settings: Settings;
  createUser(user?: NewUser): Promise<EmulatorUser>;
  createKnowledgeBase(base: NewKnowledgeBase): Promise<{ id: string }>;
  reset(options?: ResetOptions): Promise<void>;
  snapshot(): Promise<string>;
  restore(id: string): Promise<boolean>;
  status(): Promise<EmulatorStatus>;
  exportData(): ReadableStream<Uint8Array>;
  /** @throws ImportError */
  importData(body: ReadableStream<Uint8Array>): Promise<void>;
  addresses(): { edgeUrl: string; supabaseUrl: string; supabaseKey: string; users: readonly EmulatorUser[] };
}
