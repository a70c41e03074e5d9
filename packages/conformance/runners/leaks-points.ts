import type { GenerationStream, Job } from "flowith-webapi/node";
import { rejection } from "../src/rejection.ts";
import type { Scene } from "./leaks-scene.ts";

/** One point of the path at which a call is aborted. */
export interface Point {
  name: string;
  /** Seconds until the user's token expires. */
  expiresInSeconds?: number;
  /** Aborts a call there. @returns what each side of the call was rejected with */
  run(scene: Scene): Promise<unknown[]>;
}

type Call = (scene: Scene) => Promise<unknown>;

const generate: Call = ({ flowith, signal }) => flowith.generate("Hello", { signal });
const generateImage: Call = ({ flowith, signal }) => flowith.generateImage("A boat", { signal });
const generateVideo: Call = ({ flowith, signal }) => flowith.generateVideo("A boat", { signal });
const upload: Call = ({ flowith, signal }) => flowith.uploadFile(new Blob(["x"]), { signal });
const direct: Call = ({ flowith, signal }) => flowith.generate("Hello", { direct: true, signal });

/** Aborts when a request to the route has arrived at a service that never answers it. */
const whileWaitingFor =
  (route: string, call: Call) =>
  async (scene: Scene): Promise<unknown[]> => {
    await scene.control.fault(scene.user, { type: "silence", route });
    const ended = rejection(call(scene));
    await scene.arrival(route);
    scene.abort();
    return [await ended];
  };

const beforehand =
  (call: Call) =>
  async (scene: Scene): Promise<unknown[]> => {
    scene.abort();
    return [await rejection(call(scene))];
  };

/** A job that says its first word and then nothing for a long time. */
async function slowStream({ flowith, control, user, signal }: Scene): Promise<GenerationStream> {
  await control.script(user, { match: "slow", fragments: ["One ", "two ", "three."], delayMs: 60_000 });
  return flowith.generateStream("slow", { signal });
}

async function slowJob({ flowith, control, user }: Scene): Promise<Job<"text">> {
  await control.script(user, { match: "slow", fragments: ["One ", "two."], delayMs: 60_000 });
  return flowith.submitText("slow");
}

async function firstChunk(scene: Scene): Promise<{ stream: GenerationStream; next(): Promise<unknown> }> {
  const stream = await slowStream(scene);
  const iterator = stream[Symbol.asyncIterator]();
  await iterator.next();
  return { stream, next: () => iterator.next() };
}

/** A source that gives a byte and then nothing. */
function stalledSource(onStalled: () => void): ReadableStream<Uint8Array> {
  let isFirst = true;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (isFirst) {
          isFirst = false;
          controller.enqueue(new Uint8Array([1]));
          return;
        }
        onStalled();
        await new Promise(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

const posts: [string, Call][] = [
  ["POST /completion/async", generate],
  ["POST /image_gen/async", generateImage],
  ["POST /video/async", generateVideo],
  ["POST /completion", direct],
];

const jobPoints: Point[] = [
  ...[generate, generateImage, generateVideo, upload, direct].map(
    (call): Point => ({ name: `before the call: ${call.name}`, run: beforehand(call) }),
  ),
  {
    name: "before the first pull",
    run: beforehand(async (scene) => (await slowStream(scene))[Symbol.asyncIterator]().next()),
  },
  { name: "during the conversation's row", run: whileWaitingFor("POST /rest/v1/conversation", generate) },
  { name: "during the nodes' rows", run: whileWaitingFor("POST /rest/v1/flow_node", generate) },
  {
    name: "during the wait for the stream",
    async run(scene) {
      await scene.control.fault(scene.user, { type: "silence", route: "GET /user_stream/stream" });
      await scene.control.fault(scene.user, { type: "delay", ms: 60_000, route: "GET /user_stream/stream" });
      const ended = rejection(generate(scene));
      await scene.arrival("POST /rest/v1/flow_node", 201);
      await scene.arrival("GET /user_stream/stream");
      scene.abort();
      return [await ended];
    },
  },
  {
    name: "in onSubmit",
    async run({ flowith, signal, abort }) {
      const onSubmit = (): Promise<void> => {
        abort();
        return new Promise(() => undefined);
      };
      return [await rejection(flowith.generate("Hello", { signal, onSubmit }))];
    },
  },
  ...posts.map(([route, call]): Point => ({ name: `during the post: ${route}`, run: whileWaitingFor(route, call) })),
  {
    name: "during the wait after 429",
    async run(scene) {
      const route = "POST /completion/async";
      await scene.control.fault(scene.user, { type: "status", status: 429, headers: { "retry-after": "20" }, route });
      const ended = rejection(generate(scene));
      await scene.arrival(route, 429);
      scene.abort();
      return [await ended];
    },
  },
  {
    name: "while a post without an answer is looked into",
    async run(scene) {
      await scene.control.fault(scene.user, { type: "disconnect", route: "POST /completion/async" });
      const ended = rejection(generate(scene));
      await scene.arrival("GET /rest/v1/flow_node", 200);
      scene.abort();
      return [await ended];
    },
  },
  {
    name: "between events",
    async run(scene) {
      const { stream, next } = await firstChunk(scene);
      const ends = [rejection(next()), rejection(stream.output)];
      scene.abort();
      return Promise.all(ends);
    },
  },
  {
    name: "between events, of a stream whose output alone is awaited",
    async run(scene) {
      const stream = await slowStream(scene);
      const ended = rejection(stream.output);
      await scene.arrival("POST /completion/async", 200);
      scene.abort();
      return [await ended];
    },
  },
  {
    name: "between two pulls",
    async run(scene) {
      const { stream, next } = await firstChunk(scene);
      scene.abort();
      return [await rejection(next()), await rejection(stream.output)];
    },
  },
  {
    name: "between two reads of the web stream",
    async run(scene) {
      const reader = (await slowStream(scene)).readable().getReader();
      await reader.read();
      scene.abort();
      return [await rejection(reader.read())];
    },
  },
  {
    name: "between two pieces of a direct body",
    async run(scene) {
      const { flowith, control, user, signal } = scene;
      await control.script(user, { match: "slow", fragments: ["One ", "two."], delayMs: 60_000 });
      const iterator = flowith.generateStream("slow", { direct: true, signal })[Symbol.asyncIterator]();
      await iterator.next();
      scene.abort();
      return [await rejection(iterator.next())];
    },
  },
  {
    name: "during a question for the row",
    async run(scene) {
      const job = await slowJob(scene);
      return whileWaitingFor("GET /rest/v1/flow_node", ({ signal }) => job.wait({ signal }))(scene);
    },
  },
  {
    name: "during a question for the status",
    async run(scene) {
      const job = await slowJob(scene);
      return whileWaitingFor("GET /rest/v1/flow_node", ({ signal }) => job.status({ signal }))(scene);
    },
  },
  {
    name: "during the back-off of the stream",
    async run(scene) {
      const { flowith, control, user } = scene;
      const { next } = await firstChunk(scene);
      const closed = new Promise<void>((resolve) => {
        flowith.events.onConnection(({ state }) => state === "closed" && resolve());
      });
      await control.fault(user, { type: "cut", afterEvents: 0, route: "/user_stream/stream" });
      await closed;
      scene.abort();
      return [await rejection(next())];
    },
  },
  {
    name: "during a refresh of the session",
    expiresInSeconds: 30,
    async run(scene) {
      // The refresh itself goes on, since giving it up could cost the session; closing the client ends it.
      const ended = await whileWaitingFor("POST /auth/v1/token", generate)(scene);
      scene.flowith.close();
      return ended;
    },
  },
];

const filePoints: Point[] = [
  { name: "during an upload", run: whileWaitingFor("POST /file/store", upload) },
  {
    name: "during the upload of a prompt's picture",
    run: whileWaitingFor("POST /file/store", ({ flowith, signal }) =>
      flowith.generate("What is this?", { images: [new Blob(["x"])], signal }),
    ),
  },
  {
    name: "while the source of an upload is read",
    async run({ flowith, signal, abort }) {
      return [await rejection(flowith.uploadFile(stalledSource(abort), { signal }))];
    },
  },
  {
    name: "while the source of an upload is downloaded",
    async run(scene) {
      const { image } = await scene.flowith.generateImage("A boat");
      const stalled = scene.stallFiles();
      const ended = rejection(scene.flowith.uploadFile(image.url, { signal: scene.signal }));
      await stalled;
      scene.abort();
      return [await ended];
    },
  },
  ...(["bytes", "blob", "save"] as const).map(
    (verb): Point => ({
      name: `during a download: ${verb}`,
      async run(scene) {
        const { flowith, signal, folder } = scene;
        const { image } = await flowith.generateImage("A boat");
        const stalled = scene.stallFiles();
        const ended = rejection(verb === "save" ? image.save(folder, { signal }) : image[verb]({ signal }));
        await stalled;
        scene.abort();
        return [await ended];
      },
    }),
  ),
  {
    name: "before the answer to a download",
    async run(scene) {
      const { image } = await scene.flowith.generateImage("A boat");
      await scene.control.fault(scene.user, { type: "delay", ms: 60_000, route: "/files/*" });
      const ended = rejection(image.bytes({ signal: scene.signal }));
      // Requests for files are nobody's, so that their arrival cannot be waited for by user.
      queueMicrotask(scene.abort);
      return [await ended];
    },
  },
  {
    name: "during a plain read",
    run: whileWaitingFor("GET /rest/v1/flow_node", ({ flowith, signal }) =>
      flowith.conversations.nodes("00000000-0000-4000-8000-000000000000", { signal }),
    ),
  },
];

export const points: Point[] = [...jobPoints, ...filePoints];
