import type { Check, CheckGroup } from "../check.ts";
import { differs, holds, type Verdict } from "../finding.ts";
import type { Answer, Question } from "../http/asker.ts";
import { describeAnswer } from "../judge.ts";

interface Leave {
  id: string;
  title: string;
  to: Question["to"];
  path: string;
  method: string;
  headers: string;
  needs: string;
}

/** What a page would have to be let do, as its browser would ask. */
const leaves: readonly Leave[] = [
  {
    id: "edge",
    title: "a page may read from the edge",
    to: "edge",
    path: "/user/credits",
    method: "GET",
    headers: "authorization",
    needs: "machine.edge",
  },
  {
    id: "post",
    title: "a page may start jobs",
    to: "edge",
    path: "/completion/async?mode=general",
    method: "POST",
    headers: "authorization,content-type",
    needs: "machine.edge",
  },
  {
    id: "events",
    title: "a page may listen to events",
    to: "edge",
    path: "/user_stream/stream",
    method: "GET",
    headers: "authorization",
    needs: "machine.edge",
  },
  {
    id: "rows",
    title: "a page may read tables",
    to: "rows",
    path: "/rest/v1/conversation",
    method: "GET",
    headers: "accept-profile,apikey,authorization,x-client-info",
    needs: "machine.supabase",
  },
  {
    id: "auth",
    title: "a page may refresh a session",
    to: "auth",
    path: "/auth/v1/token?grant_type=refresh_token",
    method: "POST",
    headers: "apikey,content-type",
    needs: "machine.supabase",
  },
];

/** Whether pages of an origin may use the service: that is not known of any but the web app's (wire 8). */
export function corsChecks(origin: string): CheckGroup {
  return {
    title: `Pages of ${origin}`,
    checks: leaves.map(
      ({ id, title, to, path, method, headers, needs }): Check => ({
        id: `cors.${id}`,
        wire: "8",
        title,
        needs: [needs],
        async run(asker) {
          const answer = await asker.ask({
            to,
            path,
            method: "OPTIONS",
            isPublic: true,
            headers: {
              origin,
              "access-control-request-method": method,
              "access-control-request-headers": headers,
            },
          });
          return leaveVerdict(answer, origin, method, headers);
        },
      }),
    ),
  };
}

function leaveVerdict(answer: Answer, origin: string, method: string, asked: string): Verdict {
  const allowed = answer.headers.get("access-control-allow-origin");
  const methods = listed(answer.headers.get("access-control-allow-methods"));
  const names = listed(answer.headers.get("access-control-allow-headers"));
  const isOrigin = allowed === "*" || allowed === origin;
  // GET and POST need no leave by name; `*` covers no authorization
  const isMethod = ["get", "post"].includes(method.toLowerCase()) || methods.includes(method.toLowerCase());
  const missing = asked
    .split(",")
    .filter((name) => !names.includes(name) && !(names.includes("*") && name !== "authorization"));
  const isWell = answer.status >= 200 && answer.status < 300;
  if (isWell && isOrigin && isMethod && missing.length === 0) return holds(allowed === "*" ? "any origin" : undefined);
  const came = !isWell
    ? describeAnswer(answer)
    : !isOrigin
      ? `allowed origin: ${allowed ?? "none"}`
      : `not allowed: ${[...(isMethod ? [] : [method]), ...missing].join(", ")}`;
  const advice = "Pages there need a server of yours that passes requests on, as their edgeUrl or supabaseUrl.";
  return differs(`leave for ${origin}`, `${answer.label}: ${came}`, advice);
}

function listed(header: string | null): string[] {
  return (header ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
}
