import { assert } from "chai";
import { rejection, type Scenario } from "./scenario.ts";

const model = "gemini-3.1-flash-image";
const clips = "seedance-2.0-fast";
const PNG_START = [0x89, 0x50, 0x4e, 0x47];

export const mediaScenarios: Scenario[] = [
  {
    name: "pictures: several, as bytes, with their addresses",
    async run({ ai, flowith, control, user }) {
      const asked = { model: flowith.imageModel(model), prompt: "A boat", n: 2, aspectRatio: "16:9" };
      const { images, providerMetadata, responses } = await ai.generateImage(asked);
      for (const { uint8Array, mediaType } of images) {
        assert.deepEqual([...uint8Array.subarray(0, 4)], PNG_START);
        assert.equal(mediaType, "image/png");
      }
      assert.lengthOf(images, 2);
      assert.lengthOf(providerMetadata.flowith.images, 2);
      assert.match(providerMetadata.flowith.images[0].url, /^http/);
      assert.equal(responses[0].modelId, model);
      assert.lengthOf(await control.journal(user, "POST /image_gen/async"), 2);
    },
  },
  {
    name: "pictures: a size becomes the ratio and step that the model has, and a warning where that is another",
    async run({ ai, flowith, lastBody }) {
      const draw = (size: string) => ai.generateImage({ model: flowith.imageModel(model), prompt: "A boat", size });
      const exact = await draw("1024x1024");
      assert.deepInclude(await lastBody("POST /image_gen/async"), { aspect_ratio: "1:1", image_size: "1k" });
      assert.deepEqual(exact.warnings, []);
      const other = await draw("1900x1080");
      assert.deepInclude(await lastBody("POST /image_gen/async"), { aspect_ratio: "16:9", image_size: "2k" });
      assert.deepInclude(other.warnings[0], { type: "unsupported", feature: "size" });
    },
  },
  {
    name: "pictures: made of others; a mask and a want of words are refused before anything is paid",
    async run({ ai, flowith, control, user, lastBody }) {
      const { images } = await ai.generateImage({ model: flowith.imageModel(model), prompt: "A boat" });
      const bytes = images[0].uint8Array;
      await ai.generateImage({ model: flowith.imageModel(model), prompt: { text: "At night", images: [bytes] } });
      const { messages } = await lastBody("POST /image_gen/async");
      assert.match(JSON.stringify(messages), /At night.*http/);
      const mask = { text: "At night", images: [bytes], mask: bytes };
      const posts = (await control.journal(user, "POST /image_gen/async")).length;
      const masked = await rejection(ai.generateImage({ model: flowith.imageModel(model), prompt: mask }));
      assert.include(masked.message, "mask");
      const wordless = await rejection(ai.generateImage({ model: flowith.imageModel(model), prompt: "" }));
      assert.include(wordless.message, "prompt");
      assert.lengthOf(await control.journal(user, "POST /image_gen/async"), posts);
    },
  },
  {
    name: "pictures: by an API key, with what they cost",
    async run({ ai, byKey }) {
      const { images, providerMetadata } = await ai.generateImage({ model: byKey.imageModel(model), prompt: "A boat" });
      assert.deepEqual([...images[0].uint8Array.subarray(0, 4)], PNG_START);
      assert.deepInclude(providerMetadata.flowith.images[0], { cost: 40_000 });
    },
  },
  {
    name: "clips: made and waited for",
    async run({ ai, flowith, lastBody }) {
      const { videos } = await ai.experimental_generateVideo({
        model: flowith.videoModel(clips),
        prompt: "A wave",
        aspectRatio: "9:16",
        resolution: "1280x720",
        duration: 5,
        poll: { intervalMs: 100 },
      });
      assert.equal(videos[0].mediaType, "video/mp4");
      assert.equal(new TextDecoder().decode(videos[0].uint8Array.subarray(4, 8)), "ftyp");
      assert.deepInclude(await lastBody("POST /video/async"), { aspect_ratio: "9:16", resolution: "720p" });
    },
  },
  {
    name: "pictures: by a registry",
    async run({ ai, flowith }) {
      const registry = ai.createProviderRegistry({ flowith: Object(flowith) });
      const drawn = await ai.generateImage({ model: registry.imageModel(`flowith:${model}`), prompt: "A boat" });
      assert.deepEqual([...drawn.images[0].uint8Array.subarray(0, 4)], PNG_START);
    },
  },
  {
    name: "clips: by a registry",
    // That of ai 6 has no clips.
    only7: true,
    async run({ ai, flowith }) {
      const registry = ai.createProviderRegistry({ flowith: Object(flowith) });
      const filmed = await ai.experimental_generateVideo({
        model: registry.videoModel?.(`flowith:${clips}`),
        prompt: "A wave",
        poll: { intervalMs: 100 },
      });
      assert.equal(filmed.videos[0].mediaType, "video/mp4");
    },
  },
  {
    name: "clips: begun by one provider, and asked for by another",
    only7: true,
    async run({ ai, flowith, provider, session, byKey, user }) {
      const sides = [
        [flowith, provider(session), { model: clips }],
        [byKey, provider({ apiKey: user.apiKey, edgeUrl: session.edgeUrl }), { cost: 350_000 }],
      ] as const;
      for (const [one, other, about] of sides) {
        const started = Object(await ai.experimental_startVideo?.({ model: one.videoModel(clips), prompt: "A wave" }));
        const operation = JSON.parse(JSON.stringify(started.operation));
        let status: Record<string, unknown> = {};
        for (let asked = 0; asked < 60 && status.status !== "completed"; asked++) {
          await new Promise((resolve) => setTimeout(resolve, 200));
          const model = other.videoModel(clips);
          status = Object(await ai.experimental_getVideoStatus?.(model, { operation }));
          assert.include(["pending", "completed"], status.status);
        }
        assert.deepInclude(Object(status.providerMetadata).flowith, about);
      }
    },
  },
  {
    name: "clips: several, with where each is and what it can be asked for by",
    async run({ ai, flowith, byKey }) {
      for (const provider of [flowith, byKey]) {
        const model = provider.videoModel(clips);
        const asked = { model, prompt: "A wave", n: 2, poll: { intervalMs: 100 } };
        const { videos, providerMetadata } = await ai.experimental_generateVideo(asked);
        assert.lengthOf(videos, 2);
        const told: { url: string; handle: object }[] = providerMetadata.flowith.videos;
        assert.lengthOf(new Set(told.map(({ url }) => url)), 2);
        assert.lengthOf(new Set(told.map(({ handle }) => JSON.stringify(handle))), 2);
        if (ai.experimental_getVideoStatus === undefined || !("doStatus" in model)) continue;
        const operation = told[0]?.handle;
        assert.equal(Object(await ai.experimental_getVideoStatus(model, { operation })).status, "completed");
      }
    },
  },
  {
    name: "clips: an operation of the other sign-in is refused",
    only7: true,
    async run({ ai, flowith, byKey }) {
      const { operation } = Object(
        await ai.experimental_startVideo?.({ model: byKey.videoModel(clips), prompt: "A wave" }),
      );
      const asked = ai.experimental_getVideoStatus?.(flowith.videoModel(clips), { operation });
      assert.include((await rejection(Promise.resolve(asked))).message, "no operation");
    },
  },
  {
    name: "clips: one that fails says why",
    async run({ ai, flowith, control, user }) {
      await control.script(user, { match: "wave", fail: { reason: "content_policy", by: "both" } });
      const asked = { model: flowith.videoModel(clips), prompt: "A wave", poll: { intervalMs: 100 }, maxRetries: 0 };
      const error = await rejection(ai.experimental_generateVideo(asked));
      assert.match(String(error.message), /polic/i);
    },
  },
];
