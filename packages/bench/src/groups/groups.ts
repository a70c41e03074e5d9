import type { GroupReport } from "../harness/measurement.ts";
import type { Settings } from "../harness/rounds.ts";
import { streamGroup } from "./stream.ts";

export type GroupName = "stream";

/** Everything that can be measured, by the name that the command line takes. */
export const GROUPS: Record<GroupName, (settings: Settings) => Promise<GroupReport>> = {
  stream: streamGroup,
};

export function isGroupName(name: string): name is GroupName {
  return name in GROUPS;
}
