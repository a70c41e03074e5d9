import type { FaultBook } from "../faults/fault-book.ts";
import type { AuthEmail } from "../gotrue/index.ts";
import type { Journal } from "../journal/journal.ts";
import type { Script } from "../model/script.ts";
import type { MovableClock } from "../movable-clock.ts";
import type { Settings } from "../settings.ts";
import type { EmulatorUser, NewUser } from "../users/users.ts";

/** What can be controlled from outside. */
export interface ControlContext {
  faults: FaultBook;
  journal: Journal;
  emails: readonly AuthEmail[];
  script: Script;
  clock: MovableClock;
  settings: Settings;
  createUser(user?: NewUser): Promise<EmulatorUser>;
  reset(): Promise<void>;
  snapshot(): Promise<string>;
  restore(id: string): Promise<boolean>;
  addresses(): { edgeUrl: string; supabaseUrl: string; supabaseKey: string; users: readonly EmulatorUser[] };
}
