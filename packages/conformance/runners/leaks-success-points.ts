import {
  type Call,
  direct,
  generate,
  generateImage,
  generateVideo,
  type Point,
  slowStream,
  submit,
  upload,
} from "./leaks-calls.ts";

/** Calls with a signal that is never used: what is left of them would stay for as long as the signal does. */
const successes: [string, Call][] = [
  ["generate", generate],
  ["generateImage", generateImage],
  ["generateVideo", generateVideo],
  ["submitText", submit],
  ["uploadFile", upload],
  ["a direct completion", direct],
  [
    "a stream",
    async ({ flowith, signal }) => {
      for await (const _ of flowith.generateStream("Hello", { signal }));
    },
  ],
  [
    "a stream that is left",
    async (scene) => {
      for await (const _ of await slowStream(scene)) break;
    },
  ],
  [
    "a download, a file and a resumed job",
    async ({ flowith, signal }) => {
      const { image } = await flowith.generateImage("A boat", { signal });
      await image.bytes({ signal });
      await (await image.stream({ signal })).cancel();
      const job = await flowith.submitText("Hello", { signal });
      await job.wait({ signal });
      await job.status({ signal });
      await flowith.conversations.nodes(job.handle.convId, { signal });
    },
  ],
];

export const successPoints: Point[] = successes.map(([name, call]) => ({
  name: `never: ${name}`,
  async run(scene) {
    await call(scene);
    return [];
  },
}));
