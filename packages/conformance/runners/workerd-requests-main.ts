// A Worker with one client for all its requests, made in the global scope from what the test puts before this script.
import { Flowith, type FlowithOptions } from "flowith-webapi";

declare const OPTIONS: FlowithOptions;

const flowith = new Flowith(OPTIONS);

const tasks: Record<string, (query: URLSearchParams) => Promise<string>> = {
  user: async () => (await flowith.auth.user()).id,
  credits: async () => `${(await flowith.account.credits()).length} grants`,
  text: async () => (await flowith.generate("What is the capital of Poland?")).text,
  stream: async () => {
    let text = "";
    for await (const { textDelta } of flowith.generateStream("What is the capital of Poland?")) text += textDelta;
    return text;
  },
  signIn: async (query) => {
    const [email = "", password = ""] = [query.get("email") ?? "", query.get("password") ?? ""];
    return (await flowith.auth.signInWithPassword({ email, password })).userId;
  },
  conversation: async () => {
    const session = flowith.startConversation({ autoTitle: true });
    return (await session.send("What is the capital of Poland?")).text;
  },
  image: async () => {
    const waits = new Set<string>();
    const { image } = await flowith.generateImage("A cat", { onProgress: ({ phase }) => waits.add(phase) });
    return `${[...waits].join()} ${image.url}`;
  },
  events: async () => {
    for await (const { type } of flowith.events.stream()) return `event ${type}`;
    return "";
  },
};

const worker: { fetch(request: Request): Promise<Response> } = {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    const task = tasks[pathname.slice(1)];
    try {
      return new Response(await task?.(searchParams));
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};

export default worker;
