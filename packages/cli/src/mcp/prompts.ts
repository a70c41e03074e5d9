import { type McpServer, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { TemplateRecord } from "flowith-webapi";
import type { Desk } from "./desk.ts";
import { protocolError } from "./results/protocol-error.ts";

/** The user's and the service's templates as prompts, asked for when a client asks. */
export function addPrompts({ server }: McpServer, desk: Desk): void {
  server.registerCapabilities({ prompts: {} });
  server.setRequestHandler("prompts/list", async (_request, { mcpReq }) => ({
    prompts: (await templates(desk, mcpReq.signal)).map(({ templateId, name, category }) => ({
      name: templateId,
      title: name ?? templateId,
      description: `A template of Flowith${category ? `, ${category}` : ""}.`,
      arguments: [{ name: "text", description: "What it is about; it stands below the template.", required: false }],
    })),
  }));
  server.setRequestHandler("prompts/get", async ({ params }, { mcpReq }) => {
    const found = (await templates(desk, mcpReq.signal)).find(({ templateId }) => templateId === params.name);
    if (found === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no template ${JSON.stringify(params.name)}.`);
    const text = [found.prompt, params.arguments?.text].filter(Boolean).join("\n\n");
    return {
      description: found.name ?? found.templateId,
      messages: [{ role: "user", content: { type: "text", text } }],
    };
  });
}

/** Those with words: a prompt without any is none. */
async function templates({ client, login }: Desk, signal: AbortSignal): Promise<TemplateRecord[]> {
  try {
    return (await client.templates.list({ signal })).filter(({ prompt }) => Boolean(prompt));
  } catch (error) {
    throw protocolError(error, login);
  }
}
