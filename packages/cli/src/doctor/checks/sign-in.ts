import * as v from "valibot";
import { CannotTell } from "../cannot-tell.ts";
import type { Check, CheckGroup } from "../check.ts";
import { differs, holds, TELL_US, unknown, type Verdict } from "../finding.ts";
import type { Asker } from "../http/asker.ts";
import { differsFrom, judged } from "../judge.ts";
import type { PlanOptions } from "../plan.ts";

const PROVIDERS = ["google", "github", "twitter"];
const settingsShape = v.looseObject({ external: v.record(v.string(), v.unknown()) });
const stateClaims = v.looseObject({ referrer: v.optional(v.string()) });

/**
 * Where a sign-in that wants to come back to an address would end: the beginning of one, answered as by a person who says no.
 * Nobody is signed in, and no account is touched.
 */
async function endOfSignIn(asker: Asker, redirectTo: string): Promise<string | Verdict> {
  const query = new URLSearchParams({ provider: "google", redirect_to: redirectTo });
  const begun = await asker.ask({ to: "auth", path: `/auth/v1/authorize?${query}`, token: "none" });
  const expected = "a redirect to the provider, with a state";
  const provider = begun.headers.get("location");
  const state = provider !== null && URL.canParse(provider) ? new URL(provider).searchParams.get("state") : null;
  if (begun.status < 300 || begun.status >= 400 || state === null) return differsFrom(expected, begun);
  // older servers keep the address in the state itself
  const told = referrerOf(state);
  if (told !== undefined) return told;
  const refusal = new URLSearchParams({ state, error: "access_denied", error_description: "flowith doctor" });
  const ended = await asker.ask({ to: "auth", path: `/auth/v1/callback?${refusal}`, token: "none" });
  const location = ended.headers.get("location");
  if (location === null || !URL.canParse(location)) {
    throw new CannotTell(`the server does not say where it would end: ${ended.status}`);
  }
  return location;
}

function referrerOf(state: string): string | undefined {
  try {
    const payload = JSON.parse(Buffer.from(state.split(".")[1] ?? "", "base64url").toString("utf8"));
    const read = v.safeParse(stateClaims, payload);
    return read.success ? read.output.referrer : undefined;
  } catch {
    return undefined;
  }
}

interface Wish {
  id: string;
  redirectTo: string;
  title: string;
  /** What is to be said where it is not taken. */
  otherwise: (endsAt: string) => Verdict;
}

function redirectCheck({ id, redirectTo, title, otherwise }: Wish): Check {
  return {
    id,
    wire: "7",
    title,
    needs: ["machine.supabase"],
    async run(asker) {
      const end = await endOfSignIn(asker, redirectTo);
      if (typeof end !== "string") return end;
      const { origin } = new URL(end);
      return origin === new URL(redirectTo).origin ? holds("taken") : otherwise(origin);
    },
  };
}

/** Providers, and which addresses a sign-in may come back to. */
export function signInChecks({ origin }: PlanOptions): CheckGroup {
  const wishes: Wish[] = [
    {
      id: "sign-in.loopback",
      redirectTo: "http://127.0.0.1:1/callback",
      title: "may come back to 127.0.0.1",
      otherwise: (end) =>
        differs("http://127.0.0.1:1", end, "`flowith login --paste` or `--password` sign in all the same."),
    },
    {
      id: "sign-in.localhost",
      redirectTo: "http://localhost:1/callback",
      title: "may come back to localhost",
      otherwise: (end) => unknown(`not listed: it ends at ${end}`, "Use 127.0.0.1, which is always taken."),
    },
    {
      id: "sign-in.web-app",
      redirectTo: "https://flowith.io",
      title: "may come back to flowith.io",
      otherwise: (end) => differs("https://flowith.io", end, TELL_US),
    },
    ...(origin === undefined
      ? []
      : [
          {
            id: "sign-in.origin",
            redirectTo: origin,
            title: `may come back to ${origin}`,
            otherwise: (end: string) =>
              differs(
                origin,
                end,
                "A page there cannot sign people in by redirect: by password, or with a token of theirs.",
              ),
          },
        ]),
  ];
  return {
    title: "Sign-in",
    checks: [
      {
        id: "sign-in.providers",
        wire: "7",
        title: "google, github and twitter",
        needs: ["machine.supabase"],
        async run(asker) {
          const answer = await asker.ask({ to: "auth", path: "/auth/v1/settings", token: "none", isPublic: true });
          const read = judged(answer, settingsShape, "{ external: { google, … } }");
          if (!read.ok) return read.verdict;
          const { external } = read.value;
          const on = Object.keys(external).filter((name) => external[name] === true);
          const missing = PROVIDERS.filter((name) => !on.includes(name));
          if (missing.length === 0) return holds(on.join(", "));
          return differs(PROVIDERS.join(", "), on.join(", ") || "none", "Sign in by one of those that came.");
        },
      },
      ...wishes.map(redirectCheck),
    ],
  };
}
