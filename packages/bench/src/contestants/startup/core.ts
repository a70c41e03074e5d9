import type { Platform } from "@flowith-webapi/core";

const never = (): never => {
  throw new Error("Construction asks nothing of its platform.");
};
const platform: Platform = {
  createBackend: () => ({
    canvas: { createConversation: never, insertNodes: never, nodesByIds: never, nodesOfConversation: never },
    auth: {
      refresh: never,
      signInWithPassword: never,
      oauthUrl: never,
      startOAuth: never,
      exchangeCode: never,
      user: never,
      signOut: never,
    },
  }),
  files: { open: never, save: never },
  uploadRedirect: "error",
  uploadBody: "stream",
  defaults: {},
  refreshesInBackground: true,
  sharesPromises: true,
};
const startedAtMs = performance.now();
const { FlowithClient } = await import("@flowith-webapi/core");
new FlowithClient({ token: "a.b.c" }, platform);
process.stdout.write(`${JSON.stringify({ milliseconds: performance.now() - startedAtMs })}\n`);
