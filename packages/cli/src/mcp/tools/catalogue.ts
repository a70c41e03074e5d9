import type { McpServer } from "@modelcontextprotocol/server";
import * as v from "valibot";
import { hasWords } from "../../input/has-words.ts";
import { addTool } from "../add-tool.ts";
import type { Desk } from "../desk.ts";
import { toolResult } from "../results/tool-result.ts";

const readOnly = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

const list = v.nullable(v.array(v.string()));

export function addCatalogueTools(server: McpServer, desk: Desk): void {
  addModelsTool(server, desk);
  addCreditsTool(server, desk);
}

function addModelsTool(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "list_models",
    {
      title: "List models",
      description:
        "Lists the models with what they can do. What is null the catalogue does not tell. Costs nothing. No price is told: a higher tier mostly costs more, and get_credits tells what has cost how much so far.",
      input: v.object({
        kind: v.pipe(v.optional(v.picklist(["text", "image", "video"])), v.description("Those of one kind only.")),
        query: v.pipe(v.optional(v.string()), v.description("Words of the id, title or description.")),
      }),
      output: v.object({
        models: v.array(
          v.object({
            id: v.string(),
            title: v.string(),
            kind: v.nullable(v.string()),
            tier: v.nullable(v.string()),
            description: v.nullable(v.string()),
            aspect_ratios: list,
            sizes: list,
            durations_seconds: v.nullable(v.array(v.number())),
            audio: v.nullable(v.boolean()),
            keyframes: v.nullable(v.boolean()),
          }),
        ),
      }),
      annotations: readOnly,
    },
    async ({ kind, query = "" }, { signal }) => {
      const all = await desk.client.models.list({ signal });
      const models = all
        .filter(({ media }) => kind === undefined || media === kind)
        .filter(({ modelId, title, description }) => hasWords([modelId, title, description], query.split(/\s+/)))
        .map((model) => ({
          id: model.modelId,
          title: model.title,
          kind: model.media ?? null,
          tier: model.tier ?? null,
          description: model.description ?? null,
          aspect_ratios: model.supportedAspectRatios ?? null,
          sizes: model.supportedImageSizes ?? null,
          durations_seconds: model.supportedDurations ?? null,
          audio: model.supportsAudio ?? null,
          keyframes: model.supportsKeyframe ?? null,
        }));
      return toolResult({ models });
    },
  );
}

function addCreditsTool(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "get_credits",
    {
      title: "Look at credits",
      description:
        "Tells what is left to spend, what this run of the server has spent and may spend still, and what each kind of job has cost so far. Costs nothing. Call it before and after work that has a budget.",
      input: v.object({}),
      output: v.object({
        remaining: v.pipe(v.number(), v.description("On the account.")),
        plan: v.nullable(v.string()),
        expires_at: v.nullable(v.string()),
        spent: v.pipe(v.nullable(v.number()), v.description("In this run, as the balance tells it.")),
        limit: v.pipe(v.nullable(v.number()), v.description("Of this run; null: none.")),
        left_of_limit: v.nullable(v.number()),
        costs: v.pipe(
          v.array(v.object({ what: v.string(), credits: v.number() })),
          v.description("What one job has cost: kind, model, size or resolution."),
        ),
      }),
      annotations: readOnly,
    },
    async (_args, { signal }) => {
      const { remainQuota, mainPlan, expiresAt } = await desk.client.account.balance({ signal });
      const { limit, costs } = desk.ledger;
      const spent = desk.ledger.spent(remainQuota);
      return toolResult({
        remaining: remainQuota,
        plan: mainPlan ?? null,
        expires_at: expiresAt ?? null,
        spent: spent ?? 0,
        limit: limit ?? null,
        left_of_limit: limit === undefined ? null : Math.max(0, limit - (spent ?? 0)),
        costs,
      });
    },
  );
}
