import * as v from "valibot";
import { CannotTell } from "../cannot-tell.ts";
import { type Check, type CheckGroup, once } from "../check.ts";
import { holds, type Verdict } from "../finding.ts";
import type { Asker } from "../http/asker.ts";
import { differsFrom, judged } from "../judge.ts";
import type { PlanOptions } from "../plan.ts";
import { describeShape } from "../shape.ts";

const record = v.custom<Record<string, unknown>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);
const model = v.pipe(
  v.looseObject({ title: v.nullish(v.string()), name: v.nullish(v.string()), media: v.nullish(v.string()) }),
  v.check(({ title, name }) => title != null || name != null),
);
const models = v.pipe(
  record,
  v.check((value) => Object.keys(value).length > 0),
  v.record(v.string(), model),
);
const key = v.union([v.string(), v.number()]);
const templates = v.looseObject({
  data: v.array(v.looseObject({ id: key, name: v.nullish(v.string()), prompt: v.nullish(v.string()) })),
});
const grant = v.looseObject({
  remain_quota: v.number(),
  sub_type: v.nullish(v.string()),
  init_quota: v.nullish(v.number()),
  from_date: v.nullish(v.string()),
  to_date: v.nullish(v.string()),
});
const cooperators = v.array(v.looseObject({ user_id: v.string(), role: v.nullish(v.number()) }));

/** What a user has left, or the verdict of an answer that does not tell. */
export const grants: v.GenericSchema<unknown, { remain_quota: number }[]> = v.union([
  v.array(grant),
  v.pipe(
    grant,
    v.transform((one) => [one]),
  ),
]);
const GRANTS = "a list of grants: { sub_type, remain_quota, init_quota, from_date, to_date, … }";

interface Endpoint {
  id: string;
  path: string;
  schema: v.GenericSchema<unknown, unknown>;
  expected: string;
  isPublic?: boolean;
  /** What is worth knowing of a good answer. */
  note?: (value: unknown) => string | undefined;
}

const countOf = (value: unknown): string => `${Object.keys(Object(value)).length}`;

const endpoints: readonly Endpoint[] = [
  {
    id: "models",
    path: "/models?logo=1&desc=1",
    schema: models,
    expected: "an object keyed by model id: { title or name, media, tier, … }",
    isPublic: true,
    note: (value) => `${countOf(value)} models`,
  },
  {
    id: "templates",
    path: "/templates?page_size=1000",
    schema: templates,
    expected: "{ data: a list of { id, name, category, type, prompt, model, cover_url } }",
    isPublic: true,
  },
  { id: "credits", path: "/user/credits", schema: grants, expected: GRANTS },
  {
    id: "credit-type",
    path: "/user/credit_type",
    schema: v.looseObject({ credit_type: v.string() }),
    expected: "{ credit_type: text }",
  },
  {
    id: "discord",
    path: "/discord/invite-link",
    schema: v.looseObject({ link: v.string() }),
    expected: "{ link }",
    isPublic: true,
  },
  ...[
    ["featurebase", "/featurebase/status"],
    ["daily-rewards", "/mkt/daily-rewards/status"],
    ["banana", "/mkt/banana-2025/check"],
    ["new-version", "/invitation/access-new-version"],
    ["enterprise", "/enterprise/dashboard/me"],
    ["campaigns", "/user/campaigns/effective-status?model_id=gpt-4.1-nano"],
  ].map(([id = "", path = ""]) => ({ id, path, schema: record, expected: "an object", note: describeShape })),
];

async function ask(asker: Asker, { path, schema, expected, isPublic, note }: Endpoint): Promise<Verdict> {
  const read = judged(await asker.ask({ to: "edge", path, isPublic }), schema, expected);
  return read.ok ? holds(note?.(read.value)) : read.verdict;
}

/** The endpoints of the edge API that read. Nothing is claimed here. */
export function edgeChecks({ session }: PlanOptions): CheckGroup {
  const form = (token: "bare" | "bearer"): Check["run"] => {
    return async (asker) => {
      const answer = await asker.ask({ to: "edge", path: "/user/credit_type", token });
      const isTaken = answer.status !== 401 && answer.status !== 403;
      return isTaken ? holds() : differsFrom("another answer than 401 or 403", answer);
    };
  };
  const newest = once(async (asker) => {
    const { userId } = await session();
    const query = `select=id&user_id=eq.${userId}&is_delete=neq.true&order=updated_at.desc&limit=1`;
    const answer = await asker.ask({ to: "rows", path: `/rest/v1/conversation?${query}` });
    const read = judged(answer, v.array(v.looseObject({ id: v.string() })), "a list of conversations");
    const id = read.ok ? read.value[0]?.id : undefined;
    if (id === undefined) throw new CannotTell("there is no conversation to ask for");
    return id;
  });
  return {
    title: "Edge API",
    checks: [
      {
        id: "edge.bare",
        wire: "1",
        title: "the bare token is taken",
        needs: ["machine.edge", "session.token"],
        run: form("bare"),
      },
      {
        id: "edge.bearer",
        wire: "1",
        title: "`Bearer` is taken as well",
        needs: ["machine.edge", "session.token"],
        run: form("bearer"),
      },
      ...endpoints.map(
        (endpoint): Check => ({
          id: `edge.${endpoint.id}`,
          wire: "5",
          title: `GET ${endpoint.path.split("?")[0]}`,
          needs: ["edge.bare"],
          run: (asker) => ask(asker, endpoint),
        }),
      ),
      {
        id: "edge.cooperators",
        wire: "5",
        title: "GET /cooperate/list",
        needs: ["edge.bare", "machine.supabase"],
        async run(asker, signal) {
          const path = `/cooperate/list?conv_id=${await newest(asker, signal)}`;
          const expected = "a list of { user_id, role, user_name, user_avatar }";
          return await ask(asker, { id: "cooperators", path, schema: cooperators, expected });
        },
      },
    ],
  };
}
