import { assert } from "chai";
import { answering } from "../answering.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

export const catalogueCases: ConformanceCase[] = [
  {
    id: "content: models are listed without a token, and with one where there is one",
    async run({ createClient, newClient, control }) {
      const models = await createClient({}).models.list();
      const image = models.find(({ modelId }) => modelId === "gemini-3.1-flash-image");
      assert.deepInclude(image, { title: "Gemini 3.1 Flash Image", media: "image", tier: "free" });
      assert.include(image?.supportedAspectRatios ?? [], "16:9");
      assert.isString(image?.logo);
      assert.isString(image?.description);
      const { flowith, user } = await newClient();
      await flowith.models.list();
      const [request] = await control.journal(user, "GET /models");
      assert.equal(request?.query, "?logo=1&desc=1");
    },
  },
  {
    id: "content: a session that is over is no reason not to list models",
    async run({ createClient, control }) {
      const user = await control.newUser({ expiresInSeconds: -60 });
      const flowith = createClient({ token: user.token });
      assert.isNotEmpty(await flowith.models.list());
      assert.propertyVal(await rejection(flowith.account.credits()), "name", "AuthenticationError");
    },
  },
  {
    id: "content: logo and description of models are left out on demand",
    async run({ createClient }) {
      const [model] = await createClient({}).models.list({ logo: false, description: false });
      assert.isString(model?.title);
      assert.isUndefined(model?.logo);
      assert.isUndefined(model?.description);
    },
  },
  {
    id: "content: models.get gives one, and is a NotFoundError for an id that the catalogue does not know",
    async run({ createClient }) {
      const { models } = createClient({});
      assert.deepInclude(await models.get("seedance-2.0-fast"), { media: "video", supportsAudio: true });
      assert.propertyVal(await rejection(models.get("gpt-0")), "name", "NotFoundError");
    },
  },
  {
    id: "content: models.supports says what the catalogue says, and asks it once",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { models } = flowith;
      const image = "gemini-2.5-flash-image";
      assert.isTrue(await models.supports(image, { aspectRatio: "16:9", imageSize: "1K" }));
      assert.isFalse(await models.supports(image, { aspectRatio: "16:9", imageSize: "8k" }));
      assert.isFalse(await models.supports("seedance-2.0-fast", { durationSeconds: 6 }));
      assert.isTrue(await models.supports("seedance-2.0-fast", { durationSeconds: 5, audio: true, keyframe: true }));
      assert.isFalse(await models.supports("kling-video/v2.6/pro/text-to-video", { keyframe: true }));
      assert.isUndefined(await models.supports("gpt-4.1-nano", { aspectRatio: "16:9" }));
      assert.isUndefined(await models.supports("gpt-0", { aspectRatio: "16:9" }));
      assert.isTrue(await models.supports("gpt-4.1-nano", { audio: false }));
      assert.lengthOf(await control.journal(user, "GET /models"), 1);
    },
  },
  {
    id: "content: what the catalogue of models has in another form counts as not said; what is none is a ResponseShapeError",
    async run({ createClient }) {
      const odd = {
        odd: { name: "Odd", supportedAspectRatios: "all", supportedDurations: ["5", 10], supportsAudio: "yes" },
      };
      const [model] = await createClient({ middleware: [answering("/models", odd)] }).models.list();
      assert.deepInclude(model, { modelId: "odd", title: "Odd", supportedAspectRatios: undefined, media: undefined });
      assert.deepEqual(model?.supportedDurations, [5, 10]);
      assert.isUndefined(model?.supportsAudio);
      assert.deepEqual(model?.raw, odd.odd);
      const page = createClient({ middleware: [answering("/models", "<html>")] });
      assert.propertyVal(await rejection(page.models.list()), "name", "ResponseShapeError");
    },
  },
  {
    id: "content: templates are listed, by type and page size",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const all = await flowith.templates.list();
      assert.isAbove(all.length, 2);
      const pictures = await flowith.templates.list({ type: "image", pageSize: 5 });
      assert.deepEqual(
        pictures.map(({ templateId, templateType, model }) => ({ templateId, templateType, model })),
        [{ templateId: "product-photo", templateType: "image", model: "gemini-3.1-flash-image" }],
      );
      assert.match(pictures[0]?.coverUrl ?? "", /^https:/);
      const queries = (await control.journal(user, "GET /templates")).map(({ query }) => query);
      assert.deepEqual(queries, ["?page_size=1000", "?page_size=5&type=image"]);
    },
  },
  {
    id: "content: lists of templates of any form are read",
    async run({ newClient }) {
      for (const answer of [{ data: { id: 1 } }, [{ id: 1 }]]) {
        const { flowith } = await newClient({ middleware: [answering("/templates", answer)] });
        assert.deepEqual(
          (await flowith.templates.list()).map(({ templateId }) => templateId),
          ["1"],
        );
      }
      const empty = await newClient({ middleware: [answering("/templates", { data: null })] });
      assert.deepEqual(await empty.flowith.templates.list(), []);
    },
  },
  {
    id: "content: wrong arguments for models and templates are refused before any request",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const unknown: object = { colour: "red" };
      const wrong: [RegExp, () => Promise<unknown>][] = [
        [/models\.list: there is no option "colour"/, () => flowith.models.list(unknown)],
        [/models\.get: modelId is empty/, () => flowith.models.get("")],
        [/models\.supports: there is no option "colour"/, () => flowith.models.supports("gpt-4.1-nano", unknown)],
        [/"durationSeconds"/, () => flowith.models.supports("seedance-2.0-fast", { durationSeconds: 0 })],
        [/templates\.list: option "pageSize"/, () => flowith.templates.list({ pageSize: 0 })],
        [/templates\.list: option "type"/, () => flowith.templates.list({ type: "" })],
      ];
      for (const [message, call] of wrong) {
        const error = await rejection(call());
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), message);
      }
      assert.isEmpty(await control.journal(user));
    },
  },
];
