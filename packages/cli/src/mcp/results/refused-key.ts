import { AuthenticationError } from "flowith-webapi/developer";
import { McpToolError } from "./mcp-error.ts";

/** Of the developer API, which goes by a key: what a sign-in cannot mend. */
export async function orRefusedKey<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!AuthenticationError.is(error)) throw error;
    throw new McpToolError(
      "authentication",
      "The service refuses the API key in FLOWITH_API_KEY.",
      "Tell the user to make a new one in the settings of the web app, to set it for this server, and to restart it.",
    );
  }
}
