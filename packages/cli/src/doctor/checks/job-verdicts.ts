import { CannotTell } from "../cannot-tell.ts";
import { differs, holds, TELL_US, unknown, type Verdict } from "../finding.ts";
import { isTerminal, type SeenJob } from "../job-watch.ts";
import { describeShape } from "../shape.ts";

const SUCCESS = ["done", "completed", "success"];

/** Whether the post was taken, with JSON that refuses nothing. */
export function postVerdict({ post, refusal, creditsBefore }: SeenJob): Verdict {
  const expected = "200 with JSON that holds no error";
  if (post === undefined) {
    const why = refusal instanceof Error ? refusal.message : "the job was not posted";
    return differs(expected, why, "What stands before the post failed: see the findings on tables and the edge.");
  }
  const words = `${post.label}: ${post.status}`;
  if (post.status === 402) {
    if (creditsBefore === 0)
      throw new CannotTell("the account has no credits", "`flowith credits` shows what is left.");
    const left = creditsBefore === undefined ? "" : `, with ${creditsBefore} credits left`;
    return differs(expected, `${words}${left}`, "`flowith credits`: a plan may not pay for this model.");
  }
  if (refusal !== undefined || post.status >= 400 || post.json === undefined) {
    const why = refusal instanceof Error ? `: ${refusal.message}` : "";
    return differs(expected, `${words}${why}`, TELL_US);
  }
  return holds(`${post.status}: ${describeShape(post.json)}`);
}

/** Whether the row tells that a job was taken, before it tells the end (wire 3.1). */
export function initVerdict({ rows, events }: SeenJob): Verdict {
  const words = rows.map(({ status }) => status ?? "no row").filter((word, i, all) => word !== all[i - 1]);
  const way = words.join(" → ");
  const firstMs = events[0]?.atMs ?? Number.POSITIVE_INFINITY;
  if (words.some((word) => word !== "init" && word !== "no row" && !SUCCESS.includes(word))) return holds(way);
  const isSilent = rows.some(({ atMs, status }) => atMs >= firstMs && (status === undefined || status === "init"));
  if (!isSilent) throw new CannotTell(`the row was not seen while the job ran: ${way}`);
  const advice = "From a row nobody can tell a job that runs from one that was never posted: rely on events. Tell us.";
  return differs("another word than `init` while the job runs", way, advice);
}

/** Whether the row ends with a word of success, and holds the result. */
export function rowVerdict({ rows }: SeenJob): Verdict {
  const last = rows.at(-1);
  const expected = `${SUCCESS.join(", ")}, with a value`;
  if (last === undefined) throw new CannotTell("no row was read");
  if (SUCCESS.includes(last.status ?? "") && (last.value ?? "") !== "") return holds(`status ${last.status}`);
  const value = (last.value ?? "") === "" ? "no value" : "a value";
  return differs(
    expected,
    `status ${last.status ?? "none"}, ${value}`,
    "The job failed or takes longer: `--job-limit`, or tell us.",
  );
}

/** Which channels told the end. */
export function endVerdict(seen: SeenJob): Verdict {
  const { events, channels } = seen;
  const ends = events.filter(({ event }) => isTerminal(event));
  if (ends.length > 0) {
    const words = ends.map(({ channel, event }) => `${String(event.type ?? "no type")} on /${channel}`);
    return holds([...new Set(words)].join(", "));
  }
  const broken = channels.filter(({ end }) => end !== undefined);
  if (broken.length > 0) throw new CannotTell("a channel was over before the job was");
  const came = events.length === 0 ? "no event of the job at all" : `${events.length} events, and none is an end`;
  return differs("an event that ends the job", came, "Results come by the rows then, later; tell us.");
}

/** Whether both channels outlived the job. */
export function openVerdict({ channels }: SeenJob): Verdict {
  const broken = channels.filter(({ end }) => end !== undefined);
  if (broken.length === 0) return holds();
  const came = broken.map(({ label, end, events }) => `${label} ${end} after ${events.length} events`).join("; ");
  return differs(
    "both channels open until the job's end",
    came,
    "The SDK connects again and asks the rows; tell us if it stays so.",
  );
}

/** What it cost. Credits may be taken later than the job ends. */
export function costVerdict({ creditsBefore, creditsAfter }: SeenJob): Verdict {
  if (creditsBefore === undefined || creditsAfter === undefined) return unknown("the credits cannot be read");
  return holds(`${Number((creditsBefore - creditsAfter).toFixed(4))} credits`);
}
