import * as v from "valibot";
import { CannotTell } from "../cannot-tell.ts";
import { type CheckGroup, once } from "../check.ts";
import { differs, holds, TELL_US, type Verdict } from "../finding.ts";
import type { Answer, Asker } from "../http/asker.ts";
import { describeAnswer, differsFrom, judged } from "../judge.ts";
import type { PlanOptions } from "../plan.ts";

const MOST_REDIRECTS = 5;

const uploads = v.array(v.looseObject({ value: v.nullish(v.string()) }));

/** A file as it is fetched: without a token, redirects followed one by one so that each host is seen. */
export async function fetchFile(
  asker: Asker,
  address: string,
  headers: Record<string, string> = {},
): Promise<{ answer: Answer; hosts: string[] }> {
  const hosts: string[] = [];
  let url = address;
  for (;;) {
    hosts.push(new URL(url).host);
    const answer = await asker.ask({ to: "open", path: url, headers, isHeadOnly: true });
    const location = answer.headers.get("location");
    if (answer.status < 300 || answer.status >= 400 || location === null || hosts.length > MOST_REDIRECTS) {
      return { answer, hosts };
    }
    url = new URL(location, url).href;
  }
}

/** What a fetched file's answer comes to. */
export function fileVerdict({ answer, hosts }: { answer: Answer; hosts: string[] }, type?: RegExp): Verdict {
  const way = hosts.join(" → ");
  const contentType = answer.headers.get("content-type") ?? "no content type";
  const expected = `200${type === undefined ? "" : " with a picture"}, without a token`;
  if (answer.status !== 200 || (type !== undefined && !type.test(contentType))) {
    const advice = answer.status === 404 ? "The file is gone, or its address is another by now; tell us." : TELL_US;
    return differs(expected, `${way}: ${answer.status}, ${contentType}`, advice);
  }
  return holds(`${way}: ${contentType}`);
}

/** Whether a page of an origin may read a file that it can show. */
export function readableVerdict({ answer }: { answer: Answer }, origin: string): Verdict {
  const allowed = answer.headers.get("access-control-allow-origin");
  if (allowed === "*" || allowed === origin) return holds(allowed === "*" ? "any origin" : undefined);
  const advice = "A page can show it, and not read it: saving goes by a server of yours.";
  return differs(`access-control-allow-origin for ${origin}`, allowed ?? "none", advice);
}

const NOTE = "flowith doctor: this file may be deleted.\n";

/** Stored files; with `--write` one of the doctor's own. */
export function fileChecks({ session, writes, origin }: PlanOptions): CheckGroup {
  const uploaded = once(async (asker) => {
    const form = new FormData();
    form.set("file", new File([NOTE], "flowith-doctor.txt", { type: "text/plain" }));
    form.set("type", "txt");
    return await asker.ask({ to: "edge", method: "POST", path: "/file/store", body: form });
  });
  const newest = once(async (asker, signal) => {
    if (writes) await uploaded(asker, signal);
    const { userId } = await session();
    const query = `select=value&user_id=eq.${userId}&order=created_at.desc,id.desc&limit=1`;
    const answer = await asker.ask({ to: "rows", path: `/rest/v1/user_upload_records?${query}` });
    const read = judged(answer, uploads, "a list of rows");
    const address = read.ok ? read.value[0]?.value : undefined;
    if (typeof address !== "string" || !/^https?:\/\//.test(address)) {
      throw new CannotTell(
        "no file is stored",
        "`--write` stores a small one, or `flowith upload <file>`, then again.",
      );
    }
    return address;
  });
  return {
    title: "Files",
    checks: [
      ...(writes
        ? [
            {
              id: "files.upload",
              wire: "4",
              title: "POST /file/store takes a file",
              needs: ["edge.bare"],
              async run(asker: Asker, signal: AbortSignal): Promise<Verdict> {
                const answer = await uploaded(asker, signal);
                const expected = '200 or 201 with {"url":"https://…"}';
                const read = v.safeParse(v.looseObject({ url: v.pipe(v.string(), v.url()) }), answer.json);
                if (![200, 201].includes(answer.status) || !read.success) return differsFrom(expected, answer);
                return fileVerdict(await fetchFile(asker, read.output.url));
              },
            },
          ]
        : []),
      {
        id: "files.download",
        wire: "4",
        title: "a stored file is open to all",
        needs: ["session.accepted"],
        after: writes ? ["files.upload"] : [],
        async run(asker, signal) {
          const found = await fetchFile(asker, await newest(asker, signal));
          return fileVerdict(found);
        },
      },
      {
        id: "files.host",
        wire: "4",
        title: "the file host says its size",
        needs: ["files.download"],
        async run(asker, signal) {
          const { answer } = await fetchFile(asker, await newest(asker, signal));
          const size = answer.headers.get("content-length");
          if (size !== null) return holds(`ranges: ${answer.headers.get("accept-ranges") ?? "not named"}`);
          return differs("content-length", describeAnswer(answer), "Progress of a download has no end to go by.");
        },
      },
      ...(origin === undefined
        ? []
        : [
            {
              id: "files.cors",
              wire: "4",
              title: `a page of ${origin} may read it`,
              needs: ["files.download"],
              run: async (asker: Asker, signal: AbortSignal): Promise<Verdict> =>
                readableVerdict(await fetchFile(asker, await newest(asker, signal), { origin }), origin),
            },
          ]),
    ],
  };
}
