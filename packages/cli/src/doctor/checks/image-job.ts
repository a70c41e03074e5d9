import { CannotTell } from "../cannot-tell.ts";
import { type CheckGroup, once } from "../check.ts";
import { TELL_US, type Verdict } from "../finding.ts";
import type { Asker } from "../http/asker.ts";
import { isTerminal, type SeenJob, watchJob } from "../job-watch.ts";
import type { PlanOptions } from "../plan.ts";
import { fetchFile, fileVerdict, readableVerdict } from "./files.ts";
import { costVerdict, endVerdict, initVerdict, openVerdict, postVerdict, rowVerdict } from "./job-verdicts.ts";
import { JOB_AFTER } from "./text-job.ts";

/** One picture in the smallest size, watched from its post to the picture. */
export function imageChecks({ session, makeClient, jobMs, origin }: PlanOptions): CheckGroup {
  const seen = once(async (asker, signal) =>
    watchJob(asker, signal, {
      userId: (await session()).userId,
      makeClient,
      submit: (client, onSubmit) =>
        client.submitImage("A plain grey square.", { signal, onSubmit, imageSize: "512", aspectRatio: "1:1" }),
      limitMs: jobMs,
    }),
  );
  const of = (id: string, wire: string, title: string, verdict: (job: SeenJob) => Verdict, needs = ["image.post"]) => ({
    id: `image.${id}`,
    wire,
    title,
    needs,
    run: async (asker: Asker, signal: AbortSignal) => verdict(await seen(asker, signal)),
  });
  return {
    title: "One picture (--spend)",
    checks: [
      {
        ...of("post", "2.2", "the post is taken", postVerdict, ["edge.bare", "session.accepted"]),
        after: JOB_AFTER,
        // one job at a time, so that what each costs can be told
        follows: ["text.cost"],
      },
      of("open", "3", "the channels outlive the job", openVerdict),
      of("end", "3", "an event tells the end", endVerdict),
      of("init", "3.1", "the row leaves `init` when it runs", initVerdict),
      of("row", "3.1", "the row ends as expected", rowVerdict),
      {
        id: "image.url",
        wire: "3",
        title: "the picture can be fetched",
        needs: ["image.post"],
        async run(asker, signal) {
          const url = pictureUrl(await seen(asker, signal));
          return fileVerdict(await fetchFile(asker, url), /^image\//);
        },
      },
      {
        id: "image.cors",
        wire: "4",
        title: "a page may read the picture",
        needs: ["image.url"],
        async run(asker, signal) {
          const from = origin ?? "https://flowith.io";
          return readableVerdict(await fetchFile(asker, pictureUrl(await seen(asker, signal)), { origin: from }), from);
        },
      },
      of("cost", "5", "what it cost", costVerdict),
    ],
  };
}

function pictureUrl({ events, rows }: SeenJob): string {
  const end = events.find(({ event }) => isTerminal(event))?.event;
  const found = [end?.resultUrl, end?.imageUrl, end?.result, rows.at(-1)?.value].find(
    (value): value is string => typeof value === "string" && value !== "",
  );
  if (found === undefined) throw new CannotTell("no address of a picture came");
  if (/^https?:\/\//.test(found)) return found;
  throw new CannotTell(`what came is no address; ${TELL_US}`);
}
