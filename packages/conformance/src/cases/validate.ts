import { assert } from "chai";
import type { FlowithClient } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const CATALOGUE = "GET /models";

const wrong: [string, RegExp, (flowith: FlowithClient) => Promise<unknown>][] = [
  [
    "aspect ratio",
    /no aspect ratio 21:9 \(it has 1:1/,
    (flowith) => flowith.generateImage("A cat", { model: "gpt-image-2", aspectRatio: "21:9" }),
  ],
  ["size", /no size 4k/, (flowith) => flowith.generateImage("A cat", { model: "gpt-image-2", imageSize: "4k" })],
  ["duration", /no duration 60/, (flowith) => flowith.generateVideo("A cat", { durationSeconds: 60 })],
  [
    "last frame",
    /no last frame/,
    (flowith) =>
      flowith.generateVideo("A cat", {
        model: "kling-video/v2.6/pro/text-to-video",
        image: "https://example.com/a.png",
        lastImage: "https://example.com/b.png",
      }),
  ],
];

export const validateCases: ConformanceCase[] = [
  ...wrong.map(
    ([what, message, ask]): ConformanceCase => ({
      id: `media: a wrong ${what} is refused before anything is sent for it`,
      async run({ newClient, control }) {
        const { flowith, user } = await newClient();
        const error = await rejection(ask(flowith));
        assert.deepInclude(error, { name: "InvalidArgumentError" });
        assert.match(String(error), message);
        assert.isEmpty((await control.journal(user)).filter(({ method }) => method === "POST"));
      },
    }),
  ),
  {
    id: "media: a clip of a picture needs the picture",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const model = "kling-video/v2.6/pro/image-to-video";
      assert.match(String(await rejection(flowith.generateVideo("A cat", { model }))), /pass image/);
      assert.isEmpty((await control.journal(user)).filter(({ method }) => method === "POST"));
    },
  },
  {
    id: "media: the catalogue is asked for once, and only where a media option is given",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await flowith.generate("Hi");
      await flowith.generateImage("A cat");
      assert.isEmpty(await control.journal(user, CATALOGUE));
      await flowith.generateImage("A cat", { aspectRatio: "16:9" });
      await flowith.generateImage("A cat", { aspectRatio: "16:9" });
      assert.lengthOf(await control.journal(user, CATALOGUE), 1);
    },
  },
  {
    id: "media: a catalogue that cannot be had stops no job",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "status", status: 500, route: CATALOGUE, count: 0 });
      const { image } = await flowith.generateImage("A cat", { model: "gpt-image-2", aspectRatio: "21:9" });
      assert.match(image.url, /^http/);
    },
  },
  {
    id: "media: what the catalogue does not know goes on, and so does everything when nothing is validated",
    async run({ newClient, control }) {
      const { flowith } = await newClient();
      const unknown = await rejection(flowith.generateImage("A cat", { model: "a-new-model", aspectRatio: "7:5" }));
      assert.deepInclude(unknown, { name: "ValidationError", status: 422 });
      const { flowith: unchecked, user } = await newClient({ validate: "off" });
      await unchecked.generateImage("A cat", { model: "gpt-image-2", aspectRatio: "21:9" });
      assert.isEmpty(await control.journal(user, CATALOGUE));
    },
  },
];
