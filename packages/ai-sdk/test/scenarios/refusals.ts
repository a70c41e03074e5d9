import { assert } from "chai";
import { rejection, type Scenario } from "./scenario.ts";

const pictures = "gemini-3.1-flash-image";
const clips = "seedance-2.0-fast";

/** That a call with it is the AI SDK's error in words. */
async function refuses(
  call: () => PromiseLike<unknown>,
  words: RegExp,
  name = "AI_InvalidArgumentError",
): Promise<void> {
  // What throws at once rejects here too.
  const error = await rejection(Promise.resolve().then(call));
  assert.deepInclude(error, { name });
  assert.match(error.message, words);
}

export const refusalScenarios: Scenario[] = [
  {
    name: "refusals: settings of the provider that mean nothing, when it is made",
    async run({ provider, session, user }) {
      const wrong: [settings: object, words: RegExp][] = [
        [{ ...session, toolBridge: "no" }, /toolBridge must be true or false/],
        [{ client: {} }, /client must be a Flowith or a FlowithDeveloper/],
        [{ client: null }, /client must be .* not null/],
        [{ client: 5 }, /client must be .* not a number/],
        [{ token: session.token, apiKey: user.apiKey }, /apiKey and token exclude each other/],
      ];
      for (const [settings, words] of wrong) await refuses(async () => provider(Object(settings)), words);
    },
  },
  {
    name: "refusals: an unknown setting names all that there are",
    async run({ ai, provider, session: { edgeUrl }, user }) {
      for (const sign of [{ token: "x" }, { apiKey: user.apiKey, edgeUrl }]) {
        const misspelt = provider(Object({ ...sign, tokn: "x" }));
        await refuses(
          () => ai.generateText({ model: misspelt("gpt-4.1-nano"), prompt: "Hi" }),
          /^createFlowith: there is no option "tokn"\. Known options: client, apiKey, toolBridge, specificationVersion, .*edgeUrl/,
        );
      }
    },
  },
  {
    name: "refusals: a model without an id, for which a default model would be paid",
    async run({ flowith }) {
      for (const id of [undefined, null, "", " ", 5]) {
        for (const make of ["languageModel", "imageModel", "videoModel"] as const) {
          await refuses(async () => Reflect.apply(flowith[make], flowith, [id]), /id of a model/);
        }
        await refuses(async () => Reflect.apply(flowith, undefined, [id]), /id of a model/);
      }
    },
  },
  {
    name: "refusals: a resolution that is none; of those that are, lines and shape are the model's",
    async run({ ai, flowith, control, user, lastBody }) {
      const model = flowith.videoModel(clips);
      const film = (asked: object) =>
        ai.experimental_generateVideo({ model, prompt: "A wave", poll: { intervalMs: 100 }, ...asked });
      for (const resolution of ["bad", "0x0", "7x99999", "99999x720", "NaNp", "0p", "7p", "720", "", "1280x", 720]) {
        await refuses(() => film({ resolution }), /is no resolution of a clip/);
        await refuses(
          () => film({ providerOptions: { flowith: { resolution } } }),
          /providerOptions\.flowith\.resolution/,
        );
      }
      assert.lengthOf(await control.journal(user, "POST /video/async"), 0);
      const taken = [
        ["720p", "720p", "16:9"],
        ["1280X720", "720p", "16:9"],
        ["720x1280", "720p", "9:16"],
      ] as const;
      for (const [resolution, lines, ratio] of taken) {
        await film({ resolution });
        assert.deepInclude(await lastBody("POST /video/async"), { resolution: lines, aspect_ratio: ratio });
      }
    },
  },
  {
    name: "refusals: a size that is none, before a picture is paid",
    async run({ ai, flowith, byKey, control, user, lastBody }) {
      const draw = (provider: typeof flowith, size: string) =>
        ai.generateImage({ model: provider.imageModel(pictures), prompt: "A boat", size });
      for (const provider of [flowith, byKey]) {
        for (const size of ["big", "0x0", "auto", "1024", "16:9", "1024x"]) {
          await refuses(() => draw(provider, size), /is no size of a picture/);
        }
      }
      assert.lengthOf(await control.journal(user), 0);
      await draw(flowith, "1024X1024");
      assert.deepInclude(await lastBody("POST /image_gen/async"), { aspect_ratio: "1:1" });
    },
  },
  {
    name: "refusals: a file that is empty, or no base64, or has an option that means nothing",
    only7: true,
    async run({ ai, flowith, control, user }) {
      const upload = (asked: object) => Promise.resolve(ai.uploadFile?.({ api: flowith.files?.(), ...asked }));
      const mediaType = "text/plain";
      const empty = new Uint8Array();
      await refuses(() => upload({ data: empty, mediaType }), /empty/);
      await refuses(() => upload({ data: { type: "text", text: "" } }), /empty/);
      const stream = new ReadableStream({ start: (controller) => controller.close() });
      await refuses(() => upload({ data: { type: "stream", stream }, mediaType }), /empty/);
      await refuses(() => upload({ data: "!!!", mediaType }), /no base64/);
      const large = new Uint8Array(20 * 1024 * 1024 + 1);
      await refuses(() => upload({ data: large, mediaType }), /use uploadFile of flowith-webapi/);
      const misspelt = { flowith: { timeot: { totalMs: 1 } } };
      await refuses(() => upload({ data: "aGk=", mediaType, providerOptions: misspelt }), /no timeot/);
      assert.lengthOf(await control.journal(user, "POST /file"), 0);
    },
  },
  {
    name: "refusals: what the client says is said in words of the AI SDK",
    async run({ ai, flowith, byKey, control, user }) {
      const drawn = (by: typeof flowith, asked: object = {}) =>
        ai.generateImage({ model: by.imageModel(pictures), prompt: "A boat", ...asked });
      await refuses(() => drawn(flowith, { aspectRatio: "99:1" }), /pass validate: "off" to createFlowith/);
      await control.fault(user, { type: "status", status: 200, body: {}, route: "POST /external/use/image/generate" });
      await refuses(() => drawn(byKey), /error\.cause\.raw is what the service said/, "AI_APICallError");
      await control.fault(user, { type: "cut", afterEvents: 0, route: "POST /external/use/llm", count: 0 });
      const failed: string[] = [];
      const onError = ({ error }: { error: Error }) => failed.push(error.message);
      await ai.streamText({ model: byKey("gpt-4.1-nano"), prompt: "Hi", onError }).consumeStream();
      assert.lengthOf(failed, 1);
      assert.include(failed[0], "error.data.partial");
    },
  },
];
