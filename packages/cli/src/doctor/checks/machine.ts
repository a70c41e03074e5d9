import { lookup } from "node:dns/promises";
import { arch, platform } from "node:os";
import { type Check, type CheckGroup, once } from "../check.ts";
import { differs, holds, unknown, type Verdict } from "../finding.ts";
import type { Answer, Asker, Question } from "../http/asker.ts";
import { NoAnswer } from "../http/no-answer.ts";
import { describeAnswer } from "../judge.ts";
import type { PlanOptions } from "../plan.ts";

const PROXY_VARIABLES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

/** Hosts that the wire document names beside those of the settings. */
const OTHER_HOSTS = ["edge.flowith.net", "edge.flo.ing", "flowith.io"];

/** Network, proxy and clock: what can be tried without an account. */
export function machineChecks({ env, edgeUrl, supabaseUrl, isDefaultService }: PlanOptions): CheckGroup {
  const edge: Question = { to: "edge", path: "/models", token: "none", isPublic: true };
  const supabase: Question = { to: "auth", path: "/auth/v1/settings", token: "none", isPublic: true };
  const askEdge = once((asker) => asker.ask(edge));
  const askSupabase = once((asker) => asker.ask(supabase));
  const others: Check[] = isDefaultService
    ? OTHER_HOSTS.map((host) => ({
        id: `machine.${host}`,
        wire: "1",
        title: `${host} answers`,
        run: async (asker) => {
          const url = `https://${host}`;
          return reached(url, await asker.ask({ to: "open", path: url, isPublic: true, isHeadOnly: true }));
        },
      }))
    : [];
  return {
    title: "This machine and the network",
    checks: [
      {
        id: "machine.node",
        wire: "-",
        title: "Node runs this",
        run: async () => holds(`${process.versions.node}, ${platform()} ${arch()}`),
      },
      {
        id: "machine.edge",
        wire: "1",
        title: "the edge host answers",
        run: async (asker, signal) => reached(edgeUrl, await askEdge(asker, signal)),
      },
      {
        id: "machine.supabase",
        wire: "1",
        title: "the Supabase host answers",
        run: async (asker, signal) => reached(supabaseUrl, await askSupabase(asker, signal)),
      },
      ...others,
      {
        id: "machine.proxy",
        wire: "-",
        title: "a proxy that is set is used",
        run: async (asker, signal) => proxyVerdict(env, await isReached(askEdge, asker, signal)),
      },
      {
        id: "machine.clock",
        wire: "1",
        title: "the clock is right",
        needs: ["machine.edge"],
        run: async (asker, signal) => clockVerdict(await askEdge(asker, signal)),
      },
    ],
  };
}

async function reached(url: string, answer: Answer): Promise<Verdict> {
  const { hostname } = new URL(url);
  const startMs = performance.now();
  // behind a proxy the name may be unknown here, and the answer has come all the same
  const isNameKnown = await lookup(hostname).then(
    () => true,
    () => false,
  );
  const nameMs = Math.round(performance.now() - startMs);
  const name = isNameKnown ? `name ${nameMs} ms` : "name not known here";
  return holds(`${new URL(url).host}: ${answer.status}, ${name}, answer ${Math.round(answer.elapsedMs)} ms`);
}

async function isReached(
  ask: (asker: Asker, signal: AbortSignal) => Promise<Answer>,
  asker: Asker,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await ask(asker, signal);
    return true;
  } catch (error) {
    if (error instanceof NoAnswer) return false;
    throw error;
  }
}

function proxyVerdict(env: PlanOptions["env"], isThere: boolean): Verdict {
  const set = PROXY_VARIABLES.filter((name) => (env[name] ?? "") !== "");
  if (set.length === 0) return holds("none is set");
  const usesThem =
    env.NODE_USE_ENV_PROXY === "1" ||
    [...process.execArgv, ...(env.NODE_OPTIONS ?? "").split(" ")].includes("--use-env-proxy");
  if (usesThem) return holds(`${set.join(", ")}: used`);
  const ignored = `${set.join(", ")} is set, and Node's fetch does not look at it`;
  if (isThere) return holds(`${ignored}; the service is reached without it`);
  return differs(
    "requests go through the proxy",
    ignored,
    "Set NODE_USE_ENV_PROXY=1 (Node 22.21, 24.5 or newer), then again.",
  );
}

function clockVerdict(answer: Answer): Verdict {
  const { skewMs } = answer;
  if (skewMs === undefined) return unknown(`no Date header in ${answer.label}: ${describeAnswer(answer)}`);
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const words = `${seconds} s ${skewMs > 0 ? "behind" : "ahead of"} the service`;
  if (seconds > 60) {
    return differs(
      "within 60 s",
      words,
      "Set this machine's clock by the network: tokens seem to be over, or not to begin.",
    );
  }
  return holds(seconds > 2 ? `${words}, which the SDK allows for` : "within 2 s of the service");
}
