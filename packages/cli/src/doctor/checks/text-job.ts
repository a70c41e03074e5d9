import { CannotTell } from "../cannot-tell.ts";
import { type CheckGroup, once } from "../check.ts";
import { differs, holds, TELL_US, type Verdict } from "../finding.ts";
import { isTerminal, type SeenJob, watchJob } from "../job-watch.ts";
import type { PlanOptions } from "../plan.ts";
import { costVerdict, endVerdict, initVerdict, openVerdict, postVerdict, rowVerdict } from "./job-verdicts.ts";

/** Long enough to be seen while it is written. */
const PROMPT = "Write 40 words about the sea.";

/** What must not differ before credits are spent. */
export const JOB_AFTER: readonly string[] = ["session.refresh", "events.stream.opens", "events.sse.opens"];

/** One short text, watched from its post to its end. */
export function textChecks({ session, makeClient, jobMs }: PlanOptions): CheckGroup {
  const seen = once(async (asker, signal) =>
    watchJob(asker, signal, {
      userId: (await session()).userId,
      makeClient,
      submit: (client, onSubmit) => client.submitText(PROMPT, { signal, onSubmit }),
      limitMs: jobMs,
    }),
  );
  const of = (id: string, wire: string, title: string, verdict: (job: SeenJob) => Verdict, needs = ["text.post"]) => ({
    id: `text.${id}`,
    wire,
    title,
    needs,
    run: async (asker: Parameters<typeof seen>[0], signal: AbortSignal) => verdict(await seen(asker, signal)),
  });
  return {
    title: "One text (--spend)",
    checks: [
      {
        ...of("post", "2.1", "the post is taken", postVerdict, ["edge.bare", "session.accepted"]),
        after: JOB_AFTER,
        // its events would be taken for the channel's own
        follows: ["events.stream.heartbeat", "events.sse.first"],
      },
      of("open", "3", "the channels outlive the job", openVerdict),
      of("chunks", "3", "/stream brings its pieces in order", chunksVerdict),
      of("end", "3", "an event tells the end", endVerdict),
      of("result", "3", "its end is the sum of the pieces", resultVerdict, ["text.chunks", "text.end"]),
      of("init", "3.1", "the row leaves `init` when it runs", initVerdict),
      of("row", "3.1", "the row ends as expected", rowVerdict),
      of("cost", "5", "what it cost", costVerdict),
    ],
  };
}

function piecesOf({ events }: SeenJob): { seq: number | undefined; text: string; channel: string }[] {
  return events
    .filter(({ event }) => event.type === "chunks" || event.type === "chunk")
    .map(({ event, channel }) => ({
      seq: typeof event.seq === "number" ? event.seq : undefined,
      text: Array.isArray(event.chunks) ? event.chunks.join("") : "",
      channel,
    }));
}

function chunksVerdict(seen: SeenJob): Verdict {
  const pieces = piecesOf(seen);
  if (seen.channels.some(({ end }) => end !== undefined)) throw new CannotTell("a channel was over before the job was");
  const expected = "pieces (`type` chunks) on /stream, `seq` 0, 1, 2, …";
  if (pieces.length === 0) {
    const types = [...new Set(seen.events.map(({ event }) => String(event.type ?? "no type")))];
    return differs(
      expected,
      types.length === 0 ? "no event of the job" : `events of type ${types.join(", ")}`,
      TELL_US,
    );
  }
  if (pieces.some(({ seq }) => seq === undefined)) return differs(expected, "pieces without `seq`", TELL_US);
  const wrong = pieces.findIndex(({ seq }, i) => seq !== i);
  if (wrong >= 0) {
    const came = `piece ${wrong + 1} of ${pieces.length} has seq ${pieces[wrong]?.seq}`;
    return differs(
      expected,
      came,
      "Pieces are lost, repeated or out of order on the way; the SDK mends it by the row.",
    );
  }
  const channels = [...new Set(pieces.map(({ channel }) => `/${channel}`))];
  return holds(`${pieces.length} pieces on ${channels.join(", ")}`);
}

function resultVerdict(seen: SeenJob): Verdict {
  const end = seen.events.find(({ event }) => isTerminal(event))?.event;
  const result = end?.result;
  if (typeof result !== "string") return differs("`result` is a text", `it is ${typeof result}`, TELL_US);
  const sum = piecesOf(seen)
    .map(({ text }) => text)
    .join("");
  if (result === sum) return holds(`${result.length} characters`);
  const came = `${result.length} characters, and the pieces have ${sum.length}`;
  return differs(
    "`result` is the pieces, joined",
    came,
    "The text at the end counts, and the SDK says so (`isRevised`).",
  );
}
