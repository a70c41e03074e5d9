import * as v from "valibot";
import { CannotTell } from "../cannot-tell.ts";
import type { CheckGroup } from "../check.ts";
import { differs, holds, TELL_US, unknown, type Verdict } from "../finding.ts";
import { judged } from "../judge.ts";
import type { PlanOptions } from "../plan.ts";

const claims = v.looseObject({ sub: v.string(), exp: v.number(), iat: v.optional(v.number()) });
const account = v.looseObject({ id: v.string(), email: v.nullish(v.string()) });

/** Whose session it is, whether it is taken, and whether it can be renewed. */
export function sessionChecks({ settings, session, client, redactor }: PlanOptions): CheckGroup {
  const source = {
    profile: `profile ${settings.profile}`,
    file: "FLOWITH_SESSION_FILE",
    token: "FLOWITH_TOKEN of the environment",
  }[settings.source.kind];
  return {
    title: "Session",
    checks: [
      {
        id: "session.found",
        wire: "7",
        title: "somebody is signed in",
        async run() {
          const { refreshToken } = await session();
          return holds(`${source}, ${refreshToken === undefined ? "no refresh token" : "with a refresh token"}`);
        },
      },
      {
        id: "session.token",
        wire: "1",
        title: "the token is a JWT",
        needs: ["session.found"],
        run: async () => tokenVerdict((await session()).accessToken),
      },
      {
        id: "session.accepted",
        wire: "7",
        title: "GET /auth/v1/user takes the token",
        needs: ["session.token", "machine.supabase"],
        async run(asker) {
          const { userId } = await session();
          const answer = await asker.ask({ to: "auth", path: "/auth/v1/user" });
          const read = judged(answer, account, "the user: { id, … }");
          if (!read.ok) return read.verdict;
          redactor.hide(read.value.email ?? undefined, "user1@redacted.example");
          if (read.value.id === userId) return holds();
          return differs("`id` is the token's `sub`", "another id", TELL_US);
        },
      },
      {
        id: "session.refresh",
        wire: "7",
        title: "the session can be refreshed",
        needs: ["session.accepted"],
        async run(_, signal) {
          const { refreshToken } = await session();
          if (refreshToken === undefined) return unknown("there is no refresh token");
          if (settings.source.kind === "token") {
            return unknown(
              "a refresh token is used up by it, and the new one cannot be put into the environment",
              "`flowith login`, then again without FLOWITH_TOKEN and FLOWITH_REFRESH_TOKEN.",
            );
          }
          return await refreshed(await client(), refreshToken, signal, redactor);
        },
      },
    ],
  };
}

async function refreshed(
  flowith: Awaited<ReturnType<PlanOptions["client"]>>,
  before: string,
  signal: AbortSignal,
  redactor: PlanOptions["redactor"],
): Promise<Verdict> {
  try {
    const { accessToken, refreshToken } = await flowith.auth.refresh(undefined, { signal, maxRetries: 0 });
    redactor.hide(accessToken, "[token]");
    redactor.hide(refreshToken, "[secret]");
    const isRotated = refreshToken !== before;
    return holds(
      isRotated ? "the refresh token rotates, and the new one is stored" : "the refresh token stays the same",
    );
  } catch (error) {
    signal.throwIfAborted();
    const came = error instanceof Error ? error.message : String(error);
    return differs(
      "a new session",
      came,
      "`flowith login`, then again. A session that is used in two places may end so.",
    );
  }
}

function tokenVerdict(token: string): Verdict {
  const expected = "three parts, and `sub` and `exp` in the second";
  const parts = token.split(".");
  const read = v.safeParse(claims, payloadOf(parts[1] ?? ""));
  if (parts.length !== 3 || !read.success) {
    return differs(expected, `a text of ${token.length} in ${parts.length} parts`, "`flowith login`, then again.");
  }
  const { exp, iat } = read.output;
  const leftMinutes = Math.round((exp * 1_000 - Date.now()) / 60_000);
  const life = iat === undefined ? "" : ` of ${Math.round((exp - iat) / 60)}`;
  return holds(`${leftMinutes}${life} minutes left`);
}

function payloadOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

/** For whoever needs a session, and finds none. */
export function noSession(why: string): CannotTell {
  return new CannotTell(why, "`flowith login` signs in; what needs no account has been tried.");
}
