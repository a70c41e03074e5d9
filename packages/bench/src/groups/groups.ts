import type { GroupReport } from "../harness/measurement.ts";
import type { Settings } from "../harness/rounds.ts";
import { clientsGroup } from "./clients.ts";
import { filesGroup } from "./files.ts";
import { firstDeltaGroup } from "./first-delta.ts";
import { gatewayGroup } from "./gateway.ts";
import { loadGroup } from "./load.ts";
import { startupGroup } from "./startup.ts";
import { streamGroup } from "./stream.ts";
import { waitingGroup } from "./waiting.ts";

export type GroupName = "stream" | "delta" | "waiting" | "files" | "load" | "startup" | "clients" | "gateway";

/** Everything that can be measured, by the name that the command line takes. */
export const GROUPS: Record<GroupName, (settings: Settings) => Promise<GroupReport>> = {
  stream: streamGroup,
  delta: firstDeltaGroup,
  waiting: waitingGroup,
  files: filesGroup,
  load: loadGroup,
  startup: startupGroup,
  clients: clientsGroup,
  gateway: gatewayGroup,
};

export function isGroupName(name: string): name is GroupName {
  return Object.hasOwn(GROUPS, name);
}
