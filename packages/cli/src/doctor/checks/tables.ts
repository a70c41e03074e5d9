import * as v from "valibot";
import type { Check, CheckGroup } from "../check.ts";
import { differs, holds, TELL_US, type Verdict } from "../finding.ts";
import type { Answer, Asker } from "../http/asker.ts";
import { adviceFor, describeAnswer, judged } from "../judge.ts";
import type { PlanOptions } from "../plan.ts";

interface Table {
  name: string;
  /** The request as the wire document has it; the user's id and the time of now are put in. */
  query: (userId: string, now: string) => string;
  /** What the SDK reads of a row, asked for by name so that an empty table tells as well. */
  columns: string;
}

/** No row has it: for tables that are asked for by a conversation. */
const NOBODY = "00000000-0000-4000-8000-000000000000";
const ofConversation = `conv_id=eq.${NOBODY}`;

const tables: readonly Table[] = [
  {
    name: "conversation",
    query: (id) => `select=*&user_id=eq.${id}&is_delete=neq.true&project_id=is.null&order=updated_at.desc&offset=0`,
    columns: "id,title,user_id,project_id,is_absolute_mode,is_delete,created_at,updated_at",
  },
  {
    name: "flow_node",
    query: () => `select=*&${ofConversation}&is_delete=neq.true&order=created_at.asc`,
    columns: "id,position,type,conv_id,p_id,c_ids,data,created_at",
  },
  { name: "user_profile", query: (id) => `select=*&id=eq.${id}`, columns: "id,language" },
  {
    name: "user_upload_records",
    query: (id) =>
      `select=id,user_id,conv_id,value,name,type,created_at&user_id=eq.${id}&order=created_at.desc,id.desc&offset=0`,
    columns: "id,user_id,conv_id,value,name,type,created_at",
  },
  {
    name: "subscription_user_own",
    query: (_, now) =>
      `select=id,months,from_date,to_date,remain_quota,subscription_type(id,quota)&order=to_date.desc&from_date=lt.${now}&to_date=gt.${now}`,
    columns: "id,months,from_date,to_date,remain_quota,subscription_type",
  },
  { name: "public_notice", query: () => "select=*", columns: "id,title,content" },
  { name: "flow_project", query: () => "select=*&order=updated_at.desc", columns: "id,title,updated_at" },
  { name: "conv_novel_editor", query: () => `select=*&${ofConversation}`, columns: "conv_id,content" },
  { name: "discuss", query: () => `select=*&${ofConversation}`, columns: "id,conv_id,user_id,content,created_at" },
  {
    name: "cooperate",
    query: (id) =>
      `select=*,conv_id(*)&user_id=eq.${id}&conv_id=not.is.null&conv_id.is_delete=not.eq.true&top=not.eq.true&conv_id.metadata->>member_count=not.eq.1`,
    columns: "user_id,conv_id,role,top",
  },
  {
    name: "oracle_stream",
    query: () =>
      `select=id,requirement,workflow,no_need_replan,is_stop,is_public,user_confirm,is_delete&${ofConversation}`,
    columns: "id,conv_id,requirement,workflow,no_need_replan,is_stop,is_public,user_confirm,is_delete",
  },
  { name: "migration", query: () => "select=version", columns: "version" },
];

const rowList = v.array(v.looseObject({}));
const failure = v.looseObject({ code: v.optional(v.string()), message: v.optional(v.string()) });

/** What PostgREST's and Postgres' codes mean for a table. */
function tableVerdict(answer: Answer, expected: string): Verdict | undefined {
  const read = v.safeParse(failure, answer.json);
  const code = read.success ? read.output.code : undefined;
  const what = {
    PGRST205: "there is no such table, or it is not exposed",
    "42P01": "there is no such table",
    "42703": "a column is missing",
    PGRST204: "a column is missing",
    PGRST200: "the two tables are not related",
    "42501": "the table may not be read (row security)",
    PGRST202: "there is no such procedure",
  }[code ?? ""];
  if (what === undefined) return undefined;
  return differs(
    expected,
    `${answer.label}: ${what}. ${describeAnswer(answer)}`,
    what.includes("may not") ? adviceFor(answer) : TELL_US,
  );
}

async function rowsOf(asker: Asker, path: string, expected: string): Promise<Verdict> {
  const answer = await asker.ask({ to: "rows", path });
  const problem = answer.status === 200 ? undefined : tableVerdict(answer, expected);
  if (problem !== undefined) return problem;
  const read = judged(answer, rowList, expected);
  return read.ok ? holds() : read.verdict;
}

/** Each table as it is asked for, and by the names of its columns; and the procedure that only reads. */
export function tableChecks({ session }: PlanOptions): CheckGroup {
  const needs = ["machine.supabase", "session.accepted"];
  const now = new Date().toISOString();
  return {
    title: "Tables",
    checks: [
      ...tables.map(
        ({ name, query, columns }): Check => ({
          id: `tables.${name}`,
          wire: "6",
          title: name,
          needs,
          async run(asker) {
            const { userId } = await session();
            const asked = await rowsOf(asker, `/rest/v1/${name}?${query(userId, now)}&limit=1`, "a list of rows");
            if (asked.status !== "holds") return asked;
            return await rowsOf(asker, `/rest/v1/${name}?select=${columns}&limit=1`, `the columns ${columns}`);
          },
        }),
      ),
      {
        id: "tables.get_online_count",
        wire: "6",
        title: "rpc get_online_count",
        needs,
        async run(asker) {
          const answer = await asker.ask({
            to: "rows",
            method: "POST",
            path: "/rest/v1/rpc/get_online_count",
            body: {},
          });
          const expected = "a number, or null";
          const problem = answer.status === 200 ? undefined : tableVerdict(answer, expected);
          if (problem !== undefined) return problem;
          const read = judged(answer, v.nullable(v.number()), expected);
          return read.ok ? holds() : read.verdict;
        },
      },
    ],
  };
}
