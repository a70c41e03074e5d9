import type { Platform } from "@flowith-webapi/core";

const never = (): never => {
  throw new Error("Construction asks nothing of its platform.");
};
const unused = {} as never;
const platform: Platform = {
  createBackend: () => ({
    canvas: unused,
    account: unused,
    content: unused,
    presence: unused,
    auth: unused,
  }),
  files: { open: never, save: never },
  uploadRedirect: "error",
  uploadBody: "stream",
  defaults: {},
  showsSilentStreams: true,
  refreshesInBackground: true,
  sharesPromises: true,
};
const startedAtMs = performance.now();
const { FlowithClient } = await import("@flowith-webapi/core");
new FlowithClient({ token: "a.b.c" }, platform);
process.stdout.write(`${JSON.stringify({ milliseconds: performance.now() - startedAtMs })}\n`);
