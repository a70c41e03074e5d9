/** What a program needs to know of the emulator and its user. */
export interface Account {
  options: { token: string; refreshToken: string; edgeUrl: string; supabaseUrl: string; supabaseKey: string };
  email: string;
  password: string;
}

/**
 * A program that calls every method of a client and of what hangs on it, and prints those that were not called and
 * those that failed with what is no answer of the service. Loading a format shows little of it: what a bundler has made
 * of a dependency shows when it is used.
 */
export function everyVerb(importing: string, { options, email, password }: Account): string {
  return `${importing}
const flowith = new Flowith(${JSON.stringify(options)});
const called = new Set();
const names = [];
const watch = (object, prefix) => {
  for (let of = Object.getPrototypeOf(object); of !== Object.prototype; of = Object.getPrototypeOf(of)) {
    for (const name of Object.getOwnPropertyNames(of)) {
      const { value } = Object.getOwnPropertyDescriptor(of, name);
      if (typeof value !== "function" || name === "constructor" || names.includes(prefix + name)) continue;
      names.push(prefix + name);
      Object.defineProperty(object, name, { value: (...args) => { called.add(prefix + name); return value.apply(object, args); } });
    }
  }
};
watch(flowith, "");
for (const [name, part] of Object.entries(flowith)) {
  if (typeof part !== "function") watch(part, name + ".");
  else {
    names.push(name);
    Object.defineProperty(flowith, name, { value: (...args) => { called.add(name); return part(...args); } });
  }
}

const failed = [];
const attempt = async (name, work) => {
  try {
    return await work();
  } catch (error) {
    if (!FlowithError.is(error)) failed.push(name + ": " + (error?.stack ?? error));
    else if (error.name === "InvalidArgumentError" || error.name === "ConnectionError") failed.push(name + ": " + error.message);
  }
};
const drain = async (stream, most = 3) => {
  for await (const _ of stream) if (--most === 0) break;
};

(async () => {
  const { auth, conversations, account, models, templates, content, campaigns, community, presence, jobs, events } = flowith;
  flowith.setLogLevel("error");
  const { convId, nodeId } = await flowith.generate("Hello");
  await attempt("generateStream", () => drain(flowith.generateStream("Hello"), 100));
  await attempt("toResponse", () => drain(readGeneration(flowith.generateStream("Hello").toResponse()), 100));
  const sent = await errorResponse(await flowith.generate(" ").catch((error) => error)).json();
  if (FlowithError.from(sent)?.code !== "invalid_argument") failed.push("errorResponse: " + JSON.stringify(sent));
  const nothing = await pipeResponse(new Response(""), {}).catch((error) => error);
  if (nothing?.code !== "invalid_argument") failed.push("pipeResponse: " + nothing);
  await attempt("generateMany", () => drain(flowith.generateMany(["One", "Two"], { perMinute: 100 }), 100));
  await attempt("checkInput", () => flowith.checkInput("One"));
  const { image } = await flowith.generateImage("A boat");
  await attempt("media", () => flowith.media(image.url).bytes());
  for (const name of ["bytes", "blob", "save"]) await attempt("image." + name, () => image[name](...(name === "save" ? ["saved"] : [])));
  await attempt("image.stream", async () => drain(await image.stream(), 1_000));
  await attempt("video.save", async () => (await flowith.generateVideo("A boat")).save("saved"));
  await attempt("generateTitle", () => flowith.generateTitle("Boats"));
  for (const verb of ["submitText", "submitImage", "submitVideo"])
    await attempt(verb, async () => {
      const job = await flowith[verb]("A boat");
      await job.status();
      await job.discard();
      await flowith.resume(job.toJSON()).wait();
    });
  const session = flowith.startConversation();
  watch(session, "session.");
  await attempt("session.send", () => session.send("Hello"));
  await attempt("session.sendStream", () => drain(session.sendStream("And?"), 100));
  await attempt("session.generateImage", () => session.generateImage("A boat"));
  await attempt("session.generateVideo", () => session.generateVideo("A boat"));
  await attempt("session.history", () => session.history());
  await attempt("session.fork", () => session.fork(nodeId));
  await attempt("session.delete", () => session.delete());
  await attempt("uploadFile", () => flowith.uploadFile(new Blob(["x"]), { filename: "x.txt" }));
  await attempt("request", () => flowith.request("GET", "/user/credits"));
  await attempt("fetch", async () => (await flowith.fetch(flowith.supabaseUrl + "/rest/v1/conversation?limit=1")).json());
  for (const verb of ["list", "cooperations"]) await attempt(verb, () => conversations[verb]());
  await attempt("conversations.all", () => drain(conversations.all()));
  await attempt("conversations.rename", () => conversations.rename(convId, "Boats"));
  for (const verb of ["get", "nodes", "tree", "cooperators", "discussions", "novelEditor", "oracleStream", "delete"])
    await attempt("conversations." + verb, () => conversations[verb](convId));
  for (const verb of ["balance", "credits", "creditType", "profile", "subscriptions", "uploads"])
    await attempt("account." + verb, () => account[verb]());
  await attempt("account.updateProfile", () => account.updateProfile({ language: "pl" }));
  await attempt("account.allUploads", () => drain(account.allUploads()));
  await attempt("models.list", () => models.list());
  await attempt("models.get", () => models.get("gpt-4.1-nano"));
  await attempt("models.supports", () => models.supports("gpt-4.1-nano", {}));
  await attempt("templates.list", () => templates.list());
  for (const verb of ["migration", "notices", "projects"]) await attempt("content." + verb, () => content[verb]());
  for (const verb of ["banana", "check", "claimDailyReward", "dailyRewards"])
    await attempt("campaigns." + verb, () => campaigns[verb](...(verb === "check" ? ["gpt-4.1-nano"] : [])));
  for (const verb of ["changelogStatus", "discordInvite", "enterpriseDashboard", "newVersionAccess"])
    await attempt("community." + verb, () => community[verb]());
  const sessionId = crypto.randomUUID();
  await attempt("presence.upsert", () => presence.upsert({ sessionId }));
  await attempt("presence.count", () => presence.count());
  await attempt("presence.remove", () => presence.remove(sessionId));
  await attempt("jobs.pending", () => jobs.pending());
  await attempt("events.onConnection", () => events.onConnection(() => undefined)());
  for (const verb of ["stream", "heartbeats"])
    await attempt("events." + verb, async () => {
      const controller = new AbortController();
      const end = setTimeout(() => controller.abort(), 100);
      await drain(events[verb]({ signal: controller.signal }), 1).catch(() => undefined);
      clearTimeout(end);
    });
  await attempt("auth.onChange", () => auth.onChange(() => undefined)());
  for (const verb of ["accessToken", "user", "session", "refresh", "oauthUrl", "signInWithOAuth"]) await attempt("auth." + verb, () => auth[verb]());
  await attempt("auth.signInWithPassword", () => auth.signInWithPassword(${JSON.stringify({ email, password })}));
  await attempt("auth.sessionFromUrl", () => auth.sessionFromUrl("https://flowith.io/"));
  await attempt("auth.exchangeCode", () => auth.exchangeCode("a-code-that-nobody-has-given"));
  await attempt("auth.setSession", async () => auth.setSession(await auth.session()));
  await attempt("auth.logout", () => auth.logout());
  const pool = new ClientPool({ maxRequests: 2, create: () => flowith });
  await attempt("shareRequests", () => pool.get("alice"));
  pool.close();
  flowith.close();
  await attempt("dispose", () => flowith[Symbol.asyncDispose]());
  console.log(JSON.stringify({ failed, missed: names.filter((name) => !called.has(name)) }));
})();
`;
}
