import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/server";
import { branchesOf } from "../conversations/branches.ts";
import { conversationMarkdown } from "../conversations/conversation-markdown.ts";
import { loadConversation } from "../conversations/load-conversation.ts";
import { hasWords } from "../input/has-words.ts";
import { requireConversation } from "./conversation-of.ts";
import type { Desk } from "./desk.ts";
import { protocolError } from "./results/protocol-error.ts";

/** As many as are listed, and looked through for a completion. */
const LATEST = 100;

/** Conversations as Markdown, all branches. */
export function addResources(server: McpServer, desk: Desk): void {
  const latest = (): ReturnType<typeof desk.client.conversations.list> =>
    desk.client.conversations.list({ limit: LATEST }).catch((error: unknown) => {
      throw protocolError(error, desk.signIn);
    });
  const template = new ResourceTemplate("flowith://conversations/{id}", {
    list: async () => {
      const resources = (await latest()).map(({ convId, title }) => ({
        uri: `flowith://conversations/${convId}`,
        name: title || convId,
        title: title || "Untitled",
        mimeType: "text/markdown",
      }));
      return { resources };
    },
    complete: {
      // by the beginning of an id, or by words of a title
      id: async (value) =>
        (await latest())
          .filter(({ convId, title }) => convId.startsWith(value) || hasWords([title], value.split(/\s+/)))
          .map(({ convId }) => convId),
    },
  });
  const about = {
    title: "Conversation",
    description: "A conversation of the user's canvas with all its branches, as Markdown.",
    mimeType: "text/markdown",
  };
  server.registerResource("conversation", template, about, async (uri, { id }, { mcpReq }) => {
    try {
      await requireConversation(desk.client, String(id), mcpReq.signal);
      const { record, tree } = await loadConversation(desk.client, String(id), mcpReq.signal);
      const text = conversationMarkdown(record, branchesOf(tree));
      return { contents: [{ uri: uri.href, mimeType: "text/markdown", text }] };
    } catch (error) {
      throw protocolError(error, desk.signIn);
    }
  });
}
