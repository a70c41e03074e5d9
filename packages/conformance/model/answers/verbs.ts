import { type Flowith, readGeneration } from "flowith-webapi";

/** What a verb is called with: texts of any kind, options that may be wrong. */
export interface Arguments {
  text: string;
  id: string;
  options: Record<string, unknown>;
  password: string;
}

type Verb = (flowith: Flowith, given: Arguments) => unknown;

const drain = async (items: AsyncIterable<unknown>): Promise<void> => {
  let left = 5;
  for await (const _ of items) if (--left === 0) break;
};

const handle = {
  v: 1 as const,
  kind: "text" as const,
  nodeId: "0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11",
  userNodeId: "1b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b12",
  convId: "2b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b13",
  userId: "3b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b14",
  model: "m",
  createdAtMs: 1,
};

/** The calls of a client, each by its name. */
export const verbs: Record<string, Verb> = {
  generate: (flowith, { text, options }) => flowith.generate(text, options),
  direct: (flowith, { text, options }) => flowith.generate(text, { ...options, direct: true }),
  generateStream: (flowith, { text, options }) => drain(flowith.generateStream(text, options)),
  toResponse: (flowith, { text, options }) => drain(readGeneration(flowith.generateStream(text, options).toResponse())),
  generateMany: (flowith, { text }) => drain(flowith.generateMany([text, text])),
  generateImage: async (flowith, { text, options }) => (await flowith.generateImage(text, options)).image.bytes(),
  generateVideo: async (flowith, { text, options }) => (await flowith.generateVideo(text, options)).video.bytes(),
  submitText: (flowith, { text, options }) => flowith.submitText(text, options),
  generateTitle: (flowith, { text, options }) => flowith.generateTitle(text, options),
  "session.send": (flowith, { text, id, options }) => flowith.startConversation({ convId: id }).send(text, options),
  "session.history": (flowith, { id }) => flowith.startConversation({ convId: id }).history(),
  "resume.wait": (flowith) => flowith.resume(handle).wait(),
  "resume.status": (flowith) => flowith.resume(handle).status(),
  uploadFile: (flowith, { text }) => flowith.uploadFile(new Blob([text]), { filename: text }),
  "uploadFile url": (flowith, { text }) =>
    flowith.uploadFile(`https://files.test/${encodeURIComponent(text.toWellFormed())}`),
  request: (flowith, { text }) => flowith.request("POST", "/x", { body: { text } }),
  "conversations.list": (flowith) => flowith.conversations.list(),
  "conversations.all": (flowith) => drain(flowith.conversations.all()),
  "conversations.get": (flowith, { id }) => flowith.conversations.get(id),
  "conversations.rename": (flowith, { id, text }) => flowith.conversations.rename(id, text),
  "conversations.delete": (flowith, { id }) => flowith.conversations.delete(id),
  "conversations.tree": (flowith, { id }) => flowith.conversations.tree(id),
  "conversations.cooperators": (flowith, { id }) => flowith.conversations.cooperators(id),
  "conversations.cooperations": (flowith) => flowith.conversations.cooperations(),
  "account.balance": (flowith) => flowith.account.balance(),
  "account.creditType": (flowith) => flowith.account.creditType(),
  "account.profile": (flowith) => flowith.account.profile(),
  "account.updateProfile": (flowith, { text }) => flowith.account.updateProfile({ name: text }),
  "account.allUploads": (flowith) => drain(flowith.account.allUploads()),
  "account.subscriptions": (flowith) => flowith.account.subscriptions(),
  "models.list": (flowith) => flowith.models.list(),
  "models.supports": (flowith, { text }) => flowith.models.supports(text, { aspectRatio: text }),
  "templates.list": (flowith, { text }) => flowith.templates.list({ type: text }),
  "content.notices": (flowith) => flowith.content.notices(),
  "campaigns.check": (flowith, { text }) => flowith.campaigns.check(text),
  "community.inviteLink": (flowith) => flowith.community.discordInvite(),
  "presence.upsert": (flowith, { text }) => flowith.presence.upsert({ sessionId: text, locale: text }),
  "presence.remove": (flowith, { text }) => flowith.presence.remove(text),
  "auth.user": (flowith) => flowith.auth.user(),
  "auth.refresh": (flowith) => flowith.auth.refresh(),
  "auth.refresh another": (flowith, { password }) => flowith.auth.refresh(password),
  "auth.signInWithPassword": (flowith, { text, password }) =>
    flowith.auth.signInWithPassword({ email: text, password }),
  "auth.pkce": async (flowith, { password }) => {
    await flowith.auth.signInWithOAuth();
    await flowith.auth.exchangeCode(password);
  },
  "auth.sessionFromUrl": (flowith, { text }) =>
    flowith.auth.sessionFromUrl(`https://x.test/?code=${encodeURIComponent(text.toWellFormed())}`),
  "auth.logout": (flowith) => flowith.auth.logout(),
  "events.stream": (flowith) => drain(flowith.events.stream({ timeout: { totalMs: 15 } })),
};
