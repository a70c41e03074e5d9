import { type McpServer, type PromptArgument, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { TemplateRecord } from "flowith-webapi";
import type { Desk } from "./desk.ts";
import { protocolError } from "./results/protocol-error.ts";

/** `{{text}}`: what is to be filled in. */
const BLANK = /\{\{\s*([\w-]+)\s*\}\}/g;

/** The templates of Flowith as prompts, asked for when a client asks. */
export function addPrompts({ server }: McpServer, desk: Desk): void {
  server.registerCapabilities({ prompts: {} });
  server.setRequestHandler("prompts/list", async (_request, { mcpReq }) => ({
    prompts: (await templates(desk, mcpReq.signal)).map((template) => ({
      name: template.templateId,
      title: template.name ?? template.templateId,
      description: `A template of Flowith${template.category ? `, ${template.category}` : ""}.`,
      arguments: argumentsOf(template),
    })),
  }));
  server.setRequestHandler("prompts/get", async ({ params }, { mcpReq }) => {
    const found = (await templates(desk, mcpReq.signal)).find(({ templateId }) => templateId === params.name);
    if (found === undefined) throw wrong(`There is no template ${JSON.stringify(params.name)}.`);
    const given = params.arguments ?? {};
    const missing = argumentsOf(found).filter(({ name, required }) => required && given[name] === undefined);
    if (missing.length > 0)
      throw wrong(`The template ${params.name} wants ${missing.map(({ name }) => name).join(", ")}.`);
    return {
      description: found.name ?? found.templateId,
      messages: [{ role: "user", content: { type: "text", text: filled(found, given) } }],
    };
  });
}

/** What a template has blanks for; one without any takes a text that stands below it. */
function argumentsOf({ prompt }: TemplateRecord): PromptArgument[] {
  const names = new Set([...(prompt ?? "").matchAll(BLANK)].map(([, name = ""]) => name));
  if (names.size > 0) return [...names].map((name) => ({ name, required: true }));
  return [{ name: "text", description: "What it is about; it stands below the template.", required: false }];
}

function filled({ prompt }: TemplateRecord, given: Record<string, string>): string {
  const template = prompt ?? "";
  if (template.search(BLANK) !== -1) return template.replace(BLANK, (_blank, name: string) => given[name] ?? "");
  return [template, given.text].filter(Boolean).join("\n\n");
}

/** Those with words: a prompt without any is none. */
async function templates({ client, signIn }: Desk, signal: AbortSignal): Promise<TemplateRecord[]> {
  try {
    return (await client.templates.list({ signal })).filter(({ prompt }) => Boolean(prompt));
  } catch (error) {
    throw protocolError(error, signIn);
  }
}

function wrong(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}
