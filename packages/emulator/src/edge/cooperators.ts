import * as v from "valibot";
import { json, refusal } from "../http/answers.ts";
import { readValue } from "../http/read-body.ts";
import { uuid } from "./completion.ts";
import type { EdgeContext } from "./edge-context.ts";

interface Cooperator {
  user_id: string;
  role: number;
  user_name: string;
  user_avatar: string;
}

const query: v.GenericSchema<unknown, { conv_id: string }> = v.object({ conv_id: uuid });

const sql = `
  select k.user_id, k.role::int as role, coalesce(p.nickname, u.email, '') as user_name, '' as user_avatar
  from public.cooperate k
  left join public.user_profile p on p.id = k.user_id
  left join auth.users u on u.id = k.user_id
  where k.conv_id = $1::uuid
    and (exists (select 1 from public.conversation c where c.id = k.conv_id and c.user_id = $2::uuid)
      or exists (select 1 from public.cooperate mine where mine.conv_id = k.conv_id and mine.user_id = $2::uuid))
  order by k.role, k.created_at, k.user_id`;

/** `GET /cooperate/list?conv_id=`: who works on a conversation, for those who may see it. */
export async function cooperators(context: EdgeContext, userId: string, request: Request): Promise<Response> {
  const read = readValue(query, Object.fromEntries(new URL(request.url).searchParams));
  if (!read.ok) return read.response;
  const { conv_id } = read.value;
  const { rows } = await context.database.query<Cooperator>(sql, [conv_id, userId]);
  if (rows.length > 0) return json(rows);
  const own = await context.database.query(
    "select 1 from public.conversation where id = $1::uuid and user_id = $2::uuid",
    [conv_id, userId],
  );
  return own.rows.length > 0 ? json([]) : refusal(404, `Conversation ${conv_id} was not found`, "not_found");
}
