import { McpServer } from "@modelcontextprotocol/server";
import { packageVersion } from "../package-version.ts";
import type { Desk } from "./desk.ts";
import { addPrompts } from "./prompts.ts";
import { addResources } from "./resources.ts";
import { addCatalogueTools } from "./tools/catalogue.ts";
import { addChangeTools } from "./tools/change-conversations.ts";
import { addConversationTools } from "./tools/conversations.ts";
import { addImageTool } from "./tools/generate-image.ts";
import { addMusicTool } from "./tools/generate-music.ts";
import { addTextTool } from "./tools/generate-text.ts";
import { addVideoTool } from "./tools/generate-video.ts";
import { addJobTools } from "./tools/jobs.ts";
import { addKnowledgeTool } from "./tools/search-knowledge.ts";
import { addUploadTool } from "./tools/upload-file.ts";

/** A server for one connection, or for one request over HTTP; what they share is the desk's. */
export function makeServer(desk: Desk): McpServer {
  const info = { name: "flowith", title: "Flowith", version: packageVersion() };
  const server = new McpServer(info, { instructions: instructions(desk) });
  addTextTool(server, desk);
  addImageTool(server, desk);
  addVideoTool(server, desk);
  addJobTools(server, desk);
  addUploadTool(server, desk);
  addConversationTools(server, desk);
  addChangeTools(server, desk);
  addCatalogueTools(server, desk);
  if (desk.developer !== undefined) {
    addMusicTool(server, desk, desk.developer);
    addKnowledgeTool(server, desk, desk.developer);
  }
  addResources(server, desk);
  addPrompts(server, desk);
  return server;
}

function instructions({ ledger, developer }: Desk): string {
  return [
    "Flowith makes texts, pictures and clips, each as a turn of a conversation on the user's canvas.",
    "To put several results into one conversation, give conversation_id: that of an earlier result, or one that list_conversations finds by its title.",
    "generate_* tools spend the user's credits: get_credits tells what is left and what has cost how much so far.",
    "Where the user names a budget, make one first and see what it cost, and give max_credits from then on.",
    "A job that is still running after a while is answered with its job_id: call wait_for_job, and never start the same job again.",
    ...(ledger.limit === undefined ? [] : [`This server spends ${ledger.limit} credits at most.`]),
    ...(developer === undefined
      ? ["Music and search in knowledge bases are there once the server has an API key in FLOWITH_API_KEY."]
      : []),
  ].join(" ");
}
