// Flowith for the clients of OpenAI and Anthropic, with a Durable Object a caller.
import { createGatewayWorker, type UserObjects } from "@flowith-webapi/gateway/workers";

interface Bindings {
  USERS: UserObjects;
  FLOWITH_EDGE_URL?: string;
  FLOWITH_SUPABASE_URL?: string;
  FLOWITH_SUPABASE_KEY?: string;
}

const gateway = createGatewayWorker<Bindings>({
  users: (env) => env.USERS,
  gateway: (env) => ({
    flowith: {
      edgeUrl: env.FLOWITH_EDGE_URL,
      supabaseUrl: env.FLOWITH_SUPABASE_URL,
      supabaseKey: env.FLOWITH_SUPABASE_KEY,
    },
  }),
});

/** By the name that `class_name` has in wrangler.jsonc. */
export const GatewayUser = gateway.User;

export default gateway.handler;
