import type { Database } from "../database/database.ts";

export interface NodeRow {
  id: string;
  convId: string;
}

/** The node that a job writes to, and for whom. */
export interface AnsweredNode {
  userId: string;
  nodeId: string;
  convId: string;
}

export interface NodeRows {
  /** The node, when it lies in that conversation and the user may write there. */
  find(userId: string, nodeId: string, convId: string): Promise<NodeRow | undefined>;
  /** Whether an id is that of a node, or of a job without a row yet, in another conversation. */
  isElsewhere(nodeId: string, convId: string): Promise<boolean>;
  /** Whether the rows of a user's jobs are to tell nothing before the end. */
  keepsInit(userId: string): boolean;
  /** Says that the job runs, unless the row is to tell nothing of it yet. */
  markLoading(node: AnsweredNode): Promise<void>;
  /** Sets fields of `data` and leaves the others, if the node is still in its conversation. */
  update(node: AnsweredNode, fields: Record<string, unknown>): Promise<void>;
  /** Makes the answer node of a video, which is the server's to make; an existing one is kept, and a deleted conversation gets none. */
  insertAnswer(node: AnswerNode): Promise<void>;
}

export interface AnswerNode {
  id: string;
  convId: string;
  parentId: string;
  position: unknown;
  data: Record<string, unknown>;
}

/** How `data` of an answer is kept: rows of the real service are seen in either form. */
export type RowForm = "object" | "string" | "unchanged";

const mayWrite = `(c.user_id = $1::uuid or exists (
  select 1 from public.cooperate k where k.conv_id = c.id and k.user_id = $1::uuid and k.role <= 1))`;

const asObject = `case when jsonb_typeof(data) = 'string' then (data #>> '{}')::jsonb else data end`;

/** How the rows of a user's jobs are written, asked for at each write. */
export interface RowWishes {
  form(userId: string): RowForm;
  keepsInit(userId: string): boolean;
}

export function createNodeRows(database: Database, wishes: RowWishes): NodeRows {
  const { form: formOf, keepsInit } = wishes;

  async function update({ userId, nodeId, convId }: AnsweredNode, fields: object): Promise<void> {
    const form = formOf(userId);
    if (form === "unchanged") return;
    const merged = `(${asObject}) || $2::jsonb`;
    const data = form === "string" ? `to_jsonb((${merged})::text)` : merged;
    // where the user may write was checked at the post: in another conversation it may be somebody else's node by now
    const sql = `update public.flow_node set data = ${data} where id = $1::uuid and conv_id = $3::uuid`;
    await database.query(sql, [nodeId, JSON.stringify(fields), convId]);
  }

  return {
    keepsInit,
    update,
    async markLoading(node) {
      if (!keepsInit(node.userId)) await update(node, { status: "loading" });
    },
    async find(userId, nodeId, convId) {
      const { rows } = await database.query<NodeRow>(
        `select n.id, n.conv_id as "convId" from public.flow_node n join public.conversation c on c.id = n.conv_id
         where n.id = $2::uuid and n.conv_id = $3::uuid and not n.is_delete and ${mayWrite}`,
        [userId, nodeId, convId],
      );
      return rows[0];
    },
    async isElsewhere(nodeId, convId) {
      const { rows } = await database.query(
        `select 1 from public.flow_node where id = $1::uuid and conv_id <> $2::uuid
         union all select 1 from edge.job where node_id = $1::uuid and conv_id <> $2::uuid`,
        [nodeId, convId],
      );
      return rows.length > 0;
    },
    async insertAnswer({ id, convId, parentId, position, data }) {
      await database.query(
        `insert into public.flow_node (id, conv_id, type, p_id, position, data)
         select $1::uuid, c.id, '2', $3::uuid, $4::jsonb, $5::jsonb from public.conversation c where c.id = $2::uuid
         on conflict (id) do nothing`,
        [id, convId, parentId, JSON.stringify(position), JSON.stringify(data)],
      );
    },
  };
}
