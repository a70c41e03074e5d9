import { AuthenticationError } from "flowith-webapi";
import { QuietEnd } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { ConversationFinder } from "../../conversations/find-conversation.ts";
import { ExitCode } from "../../exit-codes.ts";
import { confirm } from "../../input/confirm.ts";
import { reportError } from "../../output/error-report.ts";

export interface RemoveFlags {
  yes?: boolean;
}

/** `[{ id, deleted: true }]`, with `deleted: false` and `error` for one that is still there */
export async function removeConversations(context: Context, said: string[], { yes }: RemoveFlags): Promise<void> {
  const { output, shell, signal } = context;
  const client = await context.client();
  const finder = new ConversationFinder(client, signal);
  const ids: string[] = [];
  // All are found before one is deleted: a mistyped one may have been meant for another.
  for (const one of said) ids.push(await finder.find(one));
  const different = [...new Set(ids)];
  const what = different.length === 1 ? `the conversation ${different[0]}` : `${different.length} conversations`;
  if (!yes && !(await confirm(shell, `Delete ${what}?`))) {
    output.warn("Nothing was deleted.");
    throw new QuietEnd(ExitCode.Failed);
  }
  const results: { id: string; deleted: boolean; error?: unknown }[] = [];
  for (const id of different) {
    try {
      await client.conversations.delete(id, { signal });
      results.push({ id, deleted: true });
    } catch (error) {
      // Where nobody is signed in any more, or one alone fails, that is all there is to say.
      if (signal.aborted || different.length === 1 || AuthenticationError.is(error)) throw error;
      const { json, message } = reportError(error);
      output.warn(`flowith: ${message}`);
      results.push({ id, deleted: false, error: json });
    }
  }
  await output.result(results, () =>
    results
      .filter(({ deleted }) => deleted)
      .map(({ id }) => `deleted ${id}`)
      .join("\n"),
  );
  if (results.some(({ deleted }) => !deleted)) throw new QuietEnd(ExitCode.Partly);
}
