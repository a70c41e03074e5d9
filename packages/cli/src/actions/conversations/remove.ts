import { AuthenticationError, type Flowith } from "flowith-webapi";
import { QuietEnd } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { ConversationFinder } from "../../conversations/find-conversation.ts";
import { ExitCode } from "../../exit-codes.ts";
import { confirm, type Question, requirePerson } from "../../input/confirm.ts";
import { reportError } from "../../output/error-report.ts";
import { oneLine } from "../../output/printable.ts";
import { cut } from "../../output/table.ts";

const TITLE_CELLS = 60;

export interface RemoveFlags {
  yes?: boolean;
}

/** `[{ id, deleted: true }]`, with `deleted: false` and `error` for one that is still there */
export async function removeConversations(context: Context, said: string[], { yes }: RemoveFlags): Promise<void> {
  const { output, signal } = context;
  if (!yes)
    requirePerson(context, questionOf(`${said.length === 1 ? "a conversation" : `${said.length} conversations`}`));
  const client = await context.client();
  const finder = new ConversationFinder(client, signal);
  const ids: string[] = [];
  // All are found before one is deleted: a mistyped one may have been meant for another.
  for (const one of said) ids.push(await finder.find(one));
  const different = [...new Set(ids)];
  if (!yes) await askFor(context, client, different);
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

const questionOf = (what: string): Question => ({ message: `Delete ${what}?`, refusal: "Nothing was deleted." });

/** By their titles, which the service tells to who is signed in: what is asked about can be known by them alone. */
async function askFor(context: Context, client: Flowith, ids: readonly string[]): Promise<void> {
  const names: string[] = [];
  for (const id of ids) {
    const { title } = await client.conversations.get(id, { signal: context.signal });
    names.push(`${JSON.stringify(cut(oneLine(title ?? ""), TITLE_CELLS) || "untitled")} (${id})`);
  }
  const [first = ""] = names;
  if (names.length > 1) context.output.warn(names.map((name) => `  ${name}`).join("\n"));
  await confirm(context, questionOf(names.length === 1 ? first : `these ${names.length} conversations`));
}
