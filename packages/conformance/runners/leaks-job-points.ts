import { rejection } from "../src/rejection.ts";
import {
  beforehand,
  type Call,
  direct,
  firstChunk,
  generate,
  generateImage,
  generateVideo,
  type Point,
  slowJob,
  slowStream,
  submit,
  upload,
  whileWaitingFor,
} from "./leaks-calls.ts";

const posts: [string, Call][] = [
  ["POST /completion/async", generate],
  ["POST /image_gen/async", generateImage],
  ["POST /video/async", generateVideo],
  ["POST /completion", direct],
];

/** Where a job can be when its caller has enough. */
export const jobPoints: Point[] = [
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
      await scene.control.fault(scene.user, { type: "delay", ms: 60_000, route: "GET /user_stream/stream" });
      const ended = rejection(generate(scene));
      await scene.arrival("POST /rest/v1/flow_node", 201);
      await scene.arrival("GET /user_stream/stream");
      scene.abort();
      return [await ended];
    },
  },
  ...[generate, submit].map(
    (call): Point => ({
      name: `in onSubmit: ${call.name}`,
      async run(scene) {
        const onSubmit = (): Promise<void> => {
          scene.abort();
          return new Promise(() => undefined);
        };
        return [await rejection(call(scene, { onSubmit }))];
      },
    }),
  ),
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
