import type { Flowith, FlowithClient, FlowithClientOptions } from "flowith-webapi";
import type { DeveloperClientOptions, FlowithDeveloper } from "flowith-webapi/developer";
import type { Control, TestUser } from "./control.ts";

/** What the `Flowith` of every entry has. */
export type TestClient = FlowithClient & Pick<Flowith, "generateMany">;

/** What a case is given; nothing of it depends on a runtime or a test runner. */
export interface CaseContext {
  control: Control;
  /** A client of a user of its own, who is made for it. */
  newClient(options?: FlowithClientOptions): Promise<{ flowith: TestClient; user: TestUser }>;
  /** A client of the developer API with the key of a user of its own, who is made for it. */
  newDeveloper(options?: DeveloperClientOptions): Promise<{ developer: FlowithDeveloper; user: TestUser }>;
  /** A client of the developer API with just these options and the emulator's address. */
  createDeveloper(options: DeveloperClientOptions): FlowithDeveloper;
  /** A client with just these options and the emulator's addresses. */
  createClient(options: FlowithClientOptions): TestClient;
}

/** One statement about behaviour, which holds in every runtime. It throws when it does not hold. */
export interface ConformanceCase {
  /** `group: statement`. */
  id: string;
  run(context: CaseContext): Promise<void>;
}
