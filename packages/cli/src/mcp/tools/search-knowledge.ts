import type { McpServer } from "@modelcontextprotocol/server";
import type { FlowithDeveloper } from "flowith-webapi/developer";
import * as v from "valibot";
import { addTool } from "../add-tool.ts";
import type { Desk } from "../desk.ts";
import { orRefusedKey } from "../results/refused-key.ts";
import { toolResult } from "../results/tool-result.ts";
import { prompt } from "./inputs.ts";

export function addKnowledgeTool(server: McpServer, desk: Desk, developer: FlowithDeveloper): void {
  addTool(
    server,
    desk,
    "search_knowledge",
    {
      title: "Search knowledge bases",
      description:
        "Answers a question out of the user's knowledge bases, with the passages that the answer stands on. Spends few credits.",
      input: v.object({
        question: prompt("What is to be known, as a whole question."),
        knowledge_bases: v.pipe(
          v.optional(v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.minLength(1))),
          v.description(
            "Ids, which no tool lists: the user reads them off the web app's address. Left out, the service chooses.",
          ),
        ),
        model: v.pipe(v.optional(v.pipe(v.string(), v.nonEmpty())), v.description("Which model writes the answer.")),
      }),
      output: v.object({
        text: v.string(),
        sources: v.array(v.object({ title: v.nullable(v.string()), text: v.nullable(v.string()) })),
      }),
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    },
    async ({ question, knowledge_bases: knowledgeBases, model }, { signal }) => {
      const ticket = await desk.ledger.enter("knowledge search");
      let isDone = false;
      try {
        const search = developer.knowledge.search(question, { knowledgeBases, model, signal });
        const { text, sources } = await orRefusedKey(search);
        isDone = true;
        return toolResult({
          text,
          sources: sources.map(({ title, text: passage }) => ({ title: title ?? null, text: passage ?? null })),
        });
      } finally {
        await desk.ledger.leave(ticket, isDone);
      }
    },
  );
}
