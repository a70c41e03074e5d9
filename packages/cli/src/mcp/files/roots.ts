import { realpath } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { CLIENT_CAPABILITIES_META_KEY, type InputRequiredResult, inputRequired } from "@modelcontextprotocol/server";
import * as v from "valibot";
import type { ToolCall } from "../add-tool.ts";

const KEY = "roots";
const envelopeSchema = v.object({ [CLIENT_CAPABILITIES_META_KEY]: v.object({ roots: v.unknown() }) });
const answerSchema = v.object({ roots: v.array(v.object({ uri: v.string() })) });

/**
 * The folders whose files this client may have uploaded, as real paths: those of `--root`, and over stdio those that the
 * client names, which is asked for them by each call that needs a file.
 */
export async function rootsFor({ desk, server, context }: ToolCall): Promise<readonly string[] | InputRequiredResult> {
  const { inputResponses, droppedInputResponseKeys, envelope } = context.mcpReq;
  // revision 2026-07-28 tells it with each request, older ones once
  const hasRoots = v.is(envelopeSchema, envelope) || server.server.getClientCapabilities()?.roots !== undefined;
  if (!desk.trustsClientRoots || !hasRoots) return desk.roots;
  if (inputResponses?.[KEY] === undefined && droppedInputResponseKeys === undefined)
    return inputRequired({ inputRequests: { [KEY]: inputRequired.listRoots() } });
  const answer = v.safeParse(answerSchema, inputResponses?.[KEY]);
  if (!answer.success) return desk.roots;
  const named = await Promise.all(answer.output.roots.map(({ uri }) => realFolder(uri)));
  return [...desk.roots, ...named.filter((path) => path !== undefined)];
}

/** @returns undefined for what is no file, or is not there */
async function realFolder(uri: string): Promise<string | undefined> {
  try {
    return await realpath(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}
