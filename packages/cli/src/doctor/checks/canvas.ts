import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { type Check, type CheckGroup, once } from "../check.ts";
import { differs, holds, TELL_US } from "../finding.ts";
import { differsFrom, judged } from "../judge.ts";
import type { PlanOptions } from "../plan.ts";

const inserted = v.pipe(v.array(v.looseObject({ id: v.string() })), v.minLength(1));
const nodes = v.array(
  v.looseObject({ id: v.string(), type: v.string(), p_id: v.nullable(v.string()), data: v.unknown() }),
);

/** A conversation that is made, filled, read and deleted again: it costs nothing. */
export function canvasChecks({ session }: PlanOptions): CheckGroup {
  const made = once(async (asker) => {
    const { userId } = await session();
    return await asker.ask({
      to: "rows",
      method: "POST",
      path: "/rest/v1/conversation?select=id",
      headers: { prefer: "return=representation" },
      body: { project_id: null, is_absolute_mode: true, user_id: userId },
    });
  });
  const convId = once(async (asker, signal) => v.parse(inserted, (await made(asker, signal)).json)[0]?.id ?? "");
  const userNode = randomUUID();
  const answerNode = randomUUID();
  const needs = ["canvas.conversation"];
  const checks: Check[] = [
    {
      id: "canvas.conversation",
      wire: "2.1",
      title: "a conversation can be made",
      needs: ["session.accepted"],
      async run(asker, signal) {
        const answer = await made(asker, signal);
        const isMade = answer.status === 201 && v.is(inserted, answer.json);
        return isMade ? holds() : differsFrom('201 with [{"id":"…"}]', answer);
      },
    },
    {
      id: "canvas.nodes",
      wire: "2.1",
      title: "both nodes of a turn can be added",
      needs,
      async run(asker, signal) {
        const conv = await convId(asker, signal);
        const columns = '"id","position","type","conv_id","p_id","c_ids","data"';
        const timestamp = String(Math.floor(Date.now() / 1_000));
        const node = (id: string, type: string, parent: string, y: number, data: object): object => {
          return { id, position: { x: 0, y }, type, conv_id: conv, p_id: parent, c_ids: [], data };
        };
        const answer = await asker.ask({
          to: "rows",
          method: "POST",
          path: `/rest/v1/flow_node?columns=${encodeURIComponent(columns)}`,
          headers: { prefer: "return=minimal" },
          body: [
            node(userNode, "1", conv, 130, { timestamp, value: "flowith doctor" }),
            node(answerNode, "2", userNode, 340, {
              title: "AI",
              value: "",
              mode: "General",
              timestamp,
              isImage: false,
            }),
          ],
        });
        return answer.status === 201 ? holds() : differsFrom("201", answer);
      },
    },
    {
      id: "canvas.read",
      wire: "6",
      title: "they can be read again",
      needs: ["canvas.nodes"],
      async run(asker, signal) {
        const query = `conv_id=eq.${await convId(asker, signal)}&is_delete=neq.true&order=created_at.asc`;
        const answer = await asker.ask({ to: "rows", path: `/rest/v1/flow_node?${query}` });
        const read = judged(answer, nodes, "both nodes");
        if (!read.ok) return read.verdict;
        const ids = read.value.map(({ id }) => id);
        if (ids.includes(userNode) && ids.includes(answerNode)) return holds();
        return differs("both nodes", `${ids.length} nodes`, TELL_US);
      },
    },
    {
      id: "canvas.delete",
      wire: "6",
      title: "the conversation can be deleted",
      needs,
      async run(asker, signal) {
        const path = `/rest/v1/conversation?id=eq.${await convId(asker, signal)}`;
        const answer = await asker.ask({ to: "rows", method: "PATCH", path, body: { is_delete: true } });
        return answer.status === 204 || answer.status === 200 ? holds() : differsFrom("204", answer);
      },
    },
  ];
  return { title: "Canvas (--write)", checks };
}
