// A Worker whose one key opens an account of the operator's, and which else takes API keys of the callers' own.
import { createGatewayWorker, type UserObjects } from "@flowith-webapi/gateway/workers";

interface Bindings {
  USERS: UserObjects;
  KEY: string;
  REFRESH_TOKEN: string;
  ADDRESSES: { edgeUrl: string; supabaseUrl: string; supabaseKey: string };
}

const gateway = createGatewayWorker<Bindings>({
  users: (env) => env.USERS,
  gateway: (env) => ({
    flowith: env.ADDRESSES,
    authenticate: async (credential) => {
      if (credential === env.KEY) return { key: "operator", session: { refreshToken: env.REFRESH_TOKEN } };
      return credential === "unknown" ? undefined : { key: `caller:${credential}`, apiKey: credential };
    },
  }),
});

export const GatewayUser = gateway.User;
export default gateway.handler;
