import { GROUPS, isGroupName } from "./groups/groups.ts";
import { describeQuick } from "./testing/describe-quick.ts";

await describeQuick(
  Object.keys(GROUPS)
    .filter(isGroupName)
    .filter((name) => name !== "delta"),
);
