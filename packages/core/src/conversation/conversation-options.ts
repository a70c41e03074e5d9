import * as v from "valibot";
import type { OptionsSchema } from "../kinds/job-options.ts";
import { callable, count, filledText, flag, uuid } from "../options/option-values.ts";
import { checkAgainst } from "../options/options-check.ts";
import { checkTrimming, type TrimmingOptions } from "./trimming.ts";

/** Which conversation a session is of, and what holds for all of its turns, and for those of its forks. */
export interface ConversationOptions extends TrimmingOptions {
  /**
   * Takes up an existing conversation with its history, at its newest answer; also that of a turn that an earlier session
   * has left, since its job went on. Default: a new one.
   */
  convId?: string | undefined;
  /** For text turns that name none. */
  model?: string | undefined;
  /** Goes with every text turn. */
  system?: string | undefined;
  /**
   * Default false. Gives a conversation that this session makes a title of the service's own, once, after the first
   * answer: two requests beside the turns, one for the title and one that puts it there, which nothing waits for. A title
   * that the conversation has by then stays, such as one by `conversations.rename`. A failure is logged at `warn`, and is
   * all: it is not tried again. `close()` and `session.delete()` end it. In Workers it needs the option `waitUntil`, and
   * is left out without.
   */
  autoTitle?: boolean | undefined;
}

const schema: OptionsSchema = v.strictObject({
  convId: v.optional(uuid),
  model: v.optional(filledText),
  system: v.optional(filledText),
  maxTurns: v.optional(count),
  maxCharacters: v.optional(count),
  trim: v.optional(callable),
  autoTitle: v.optional(flag),
});

/** @throws InvalidArgumentError */
export function checkConversation(options: ConversationOptions): void {
  checkAgainst("startConversation", schema, options);
  checkTrimming(options);
}
