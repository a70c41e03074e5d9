import type { Counterparts } from "../counterpart.ts";
import { accountCounterparts } from "./account.ts";
import { clientCounterparts } from "./client.ts";
import { conversationCounterparts } from "./conversations.ts";
import { generationCounterparts } from "./generation.ts";
import { valueAndErrorCounterparts } from "./values-and-errors.ts";

/** What stands here for everything that the Python client has. */
export const counterparts: Counterparts = {
  ...clientCounterparts,
  ...generationCounterparts,
  ...conversationCounterparts,
  ...accountCounterparts,
  ...valueAndErrorCounterparts,
};
