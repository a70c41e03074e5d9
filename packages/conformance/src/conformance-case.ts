import type { FlowithClient, FlowithClientOptions } from "flowith-webapi";
import type { Control, TestUser } from "./control.ts";

/** What a case is given; nothing of it depends on a runtime or a test runner. */
export interface CaseContext {
  control: Control;
  /** A client of a user of its own, who is made for it. */
  newClient(options?: FlowithClientOptions): Promise<{ flowith: FlowithClient; user: TestUser }>;
  /** A client with just these options and the emulator's addresses. */
  createClient(options: FlowithClientOptions): FlowithClient;
}

/** One statement about behaviour, which holds in every runtime. It throws when it does not hold. */
export interface ConformanceCase {
  /** `group: statement`. */
  id: string;
  run(context: CaseContext): Promise<void>;
}
