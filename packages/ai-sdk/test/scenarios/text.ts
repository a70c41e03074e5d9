import { assert } from "chai";
import { Flowith } from "flowith-webapi";
import { FlowithError } from "../../src/index.ts";
import { rejection, type Scenario } from "./scenario.ts";

const model = "gpt-4.1-nano";

/** Waits until something is so. @throws when it is not after 10 s */
async function eventually(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (let asked = 0; asked < 100; asked++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`It did not come: ${what}`);
}

export const textScenarios: Scenario[] = [
  {
    name: "text: a whole one, with where it stands, and a warning for each setting that is not there",
    async run({ ai, flowith, control, user }) {
      await control.script(user, { match: "sky", reply: "Blue.", reasoning: "Think." });
      const asked = { model: flowith(model), prompt: "The sky?", temperature: 0.2, topK: 3, maxOutputTokens: 9 };
      const result = await ai.generateText(asked);
      assert.deepInclude(result, { text: "Blue.", finishReason: "stop" });
      assert.equal(result.reasoningText.trim(), "Think.");
      assert.hasAllKeys(result.providerMetadata.flowith, ["nodeId", "convId", "model"]);
      assert.equal(result.response.id, result.providerMetadata.flowith.nodeId);
      const warned = result.warnings.map(({ type, feature }: Record<string, string>) => `${type} ${feature}`);
      assert.sameMembers(warned, ["unsupported temperature", "unsupported topK", "unsupported maxOutputTokens"]);
      assert.isUndefined(result.usage.totalTokens || undefined);
    },
  },
  {
    name: "text: a streamed one comes in parts, reasoning first, as it is written",
    async run({ ai, flowith, control, user }) {
      await control.script(user, { match: "sky", reply: "Blue.", reasoning: "Think." });
      const stream = ai.streamText({ model: flowith(model), prompt: "The sky?" });
      const seen: string[] = [];
      for await (const { type } of stream.fullStream) if (type !== seen.at(-1)) seen.push(type);
      assert.deepEqual(seen, [
        "start",
        "start-step",
        "reasoning-start",
        "reasoning-delta",
        "reasoning-end",
        "text-start",
        "text-delta",
        "text-end",
        "finish-step",
        "finish",
      ]);
      assert.equal(await stream.text, "Blue.");
      assert.equal((await stream.reasoningText).trim(), "Think.");
      assert.equal(await stream.finishReason, "stop");
      assert.isString((await stream.providerMetadata).flowith.convId);
    },
  },
  {
    name: "text: a system text, earlier turns, and a conversation to add to",
    async run({ ai, flowith, lastBody }) {
      const first = await ai.generateText({ model: flowith(model), prompt: "One" });
      const { convId, nodeId } = first.providerMetadata.flowith;
      const second = await ai.generateText({
        model: flowith(model),
        system: "Be brief.",
        messages: [
          { role: "user", content: "One" },
          { role: "assistant", content: "Two" },
          { role: "user", content: "Three" },
        ],
        providerOptions: { flowith: { convId, parentId: nodeId } },
      });
      assert.equal(second.providerMetadata.flowith.convId, convId);
      const { messages } = await lastBody("POST /completion/async");
      assert.deepEqual(
        messages.map(({ role }: Record<string, string>) => role),
        ["user", "assistant", "user"],
      );
      assert.include(messages[0].content, "Be brief.");
      assert.equal(messages[2].content, "Three");
    },
  },
  {
    name: "text: a direct one leaves nothing on the canvas",
    async run({ ai, flowith, control, user }) {
      const direct = { flowith: { direct: true } };
      const { text } = await ai.generateText({ model: flowith(model), prompt: "Hi", providerOptions: direct });
      assert.isNotEmpty(text);
      assert.lengthOf(await control.journal(user, "POST /rest/v1/flow_node"), 0);
      assert.lengthOf(await control.journal(user, "POST /completion"), 1);
    },
  },
  {
    name: "text: an option that means nothing is refused by its name, before any request",
    async run({ ai, flowith, control, user }) {
      const misspelt = { flowith: { convID: "x" } };
      const error = await rejection(
        ai.generateText({ model: flowith(model), prompt: "Hi", providerOptions: misspelt, maxRetries: 0 }),
      );
      assert.include(error.message, "convID");
      assert.lengthOf(await control.journal(user), 0);
    },
  },
  {
    name: "text: one that is cut is interrupted, with what had come, whole and streamed",
    async run({ ai, flowith, byKey, control, user }) {
      const asked = { model: flowith(model), prompt: "sky", providerOptions: { flowith: { direct: true } } };
      await control.script(user, { match: "sky", fragments: ["One ", "two ", "three."], delayMs: 100 });
      await control.fault(user, { type: "cut", afterEvents: 2, route: "POST /completion", count: 2 });
      await control.fault(user, { type: "cut", afterEvents: 2, route: "POST /external/use/llm", count: 0 });
      const keyStream = ai.streamText({ model: byKey(model), prompt: "sky" });
      assert.equal(await keyStream.rawFinishReason, "interrupted");
      assert.deepEqual((await keyStream.providerMetadata).flowith, { model });
      const whole = await ai.generateText(asked);
      const ended: string[] = [];
      const onFinish = ({ rawFinishReason }: { rawFinishReason: string }) => ended.push(rawFinishReason);
      const stream = ai.streamText({ ...asked, onFinish });
      const text: string = await stream.text;
      for (const part of [whole.text, text]) assert.include(["One ", "One two "], part);
      // ai 6 has no word for it.
      for (const reason of [whole.finishReason, await stream.finishReason])
        assert.include(["interrupted", "other"], reason);
      assert.equal(await stream.rawFinishReason, "interrupted");
      assert.deepEqual(ended, ["interrupted"]);
    },
  },
  {
    name: "text: an abort ends the wait, and is no failure of ours",
    async run({ ai, flowith, control, user }) {
      await control.script(user, { match: "sky", fragments: Array.from({ length: 50 }, () => "word "), delayMs: 200 });
      const controller = new AbortController();
      const ended: string[] = [];
      const stream = ai.streamText({
        model: flowith(model),
        prompt: "sky",
        abortSignal: controller.signal,
        onAbort: () => ended.push("abort"),
        onError: () => ended.push("error"),
      });
      try {
        for await (const part of stream.textStream) {
          assert.include(part, "word");
          controller.abort();
        }
      } catch (error) {
        assert.equal(Reflect.get(Object(error), "name"), "AbortError");
      }
      assert.deepEqual(ended, ["abort"]);
    },
  },
  {
    name: "text: an abort ends the request of a direct one and of one by an API key; a job goes on",
    async run({ ai, flowith, byKey, control, user, session }) {
      await control.script(user, { match: "sky", reply: "one two three four five six seven", delayMs: 300 });
      const stopped = async (asked: object): Promise<void> => {
        const controller = new AbortController();
        const stream = ai.streamText({ ...asked, prompt: "sky", abortSignal: controller.signal, onError: () => {} });
        try {
          for await (const part of stream.textStream) if (part !== "") controller.abort();
        } catch (error) {
          assert.equal(Reflect.get(Object(error), "name"), "AbortError");
        }
      };
      await stopped({ model: flowith(model), providerOptions: { flowith: { direct: true } } });
      await stopped({ model: byKey(model) });
      for (const route of ["POST /completion", "POST /external/use/llm"]) {
        await eventually(async () => (await control.journal(user, route))[0]?.isCutShort === true, route);
      }
      await stopped({ model: flowith(model) });
      const client = new Flowith(session);
      const [conversation] = await client.conversations.list();
      await eventually(async () => {
        const nodes = await client.conversations.nodes(conversation?.convId ?? "");
        return nodes.some(({ text }) => text === "one two three four five six seven");
      }, "the whole text");
    },
  },
  {
    name: "text: a refusal is an APICallError with its status and ours as its cause, and is asked for once",
    async run({ ai, flowith, control, user }) {
      await control.fault(user, { type: "status", status: 402, route: "POST /completion/async", count: 0 });
      const error = await rejection(ai.generateText({ model: flowith(model), prompt: "Hi" }));
      assert.deepInclude(error, { name: "AI_APICallError", statusCode: 402, isRetryable: false });
      assert.equal(error.cause.name, "InsufficientCreditsError");
      assert.equal(error.data.code, "insufficient_credits");
      assert.isTrue(FlowithError.is(error.cause) && error.cause.code === "insufficient_credits");
      assert.lengthOf(await control.journal(user, "POST /completion/async"), 1);
      const failed: string[] = [];
      const stream = ai.streamText({
        model: flowith(model),
        prompt: "Hi",
        onError: ({ error: told }: { error: Error }) => failed.push(told.name),
      });
      // The stream's own promises tell no reason.
      const unsaid = rejection(stream.text);
      await stream.consumeStream();
      assert.deepEqual(failed, ["AI_APICallError"]);
      assert.deepInclude(await unsaid, { name: "AI_NoOutputGeneratedError" });
    },
  },
  {
    name: "text: who is not signed in is told so, without a request",
    async run({ ai, provider, session: { edgeUrl, supabaseUrl, supabaseKey }, control, user }) {
      const store = { load: async () => null, save: async () => {}, clear: async () => {} };
      const nobody = provider({ store, edgeUrl, supabaseUrl, supabaseKey });
      const error = await rejection(ai.generateText({ model: nobody(model), prompt: "Hi" }));
      assert.equal(error.name, "AI_LoadAPIKeyError");
      for (const name of ["FLOWITH_TOKEN", "FLOWITH_API_KEY", "createFlowith"]) assert.include(error.message, name);
      assert.lengthOf(await control.journal(user), 0);
    },
  },
  {
    name: "text: a wrong setting is the AI SDK's own error too",
    async run({ ai, provider, session }) {
      const wrong = provider({ ...session, maxRetries: -1 });
      const error = await rejection(ai.generateText({ model: wrong(model), prompt: "Hi" }));
      assert.equal(error.name, "AI_InvalidArgumentError");
      assert.include(error.message, "maxRetries");
    },
  },
  {
    name: "text: an object, by an instruction, out of a code fence and the words round it",
    async run({ ai, flowith, control, user }) {
      const fenced = ["```json\n", '{"city": ', '"Rome"}', "\n```\n"];
      await control.script(user, { match: "capital", fragments: fenced });
      const schema = ai.jsonSchema({ type: "object", properties: { city: { type: "string" } }, required: ["city"] });
      const asked = { model: flowith(model), prompt: "The capital?", output: ai.Output.object({ schema }) };
      assert.deepEqual((await ai.generateText(asked)).output, { city: "Rome" });
      const stream = ai.streamText(asked);
      assert.deepEqual(await stream.output, { city: "Rome" });
      assert.equal(await stream.text, '{"city": "Rome"}');
      const among = ["Here you are:\n", ...fenced, "Enjoy"];
      await control.script(user, { match: "capital", fragments: among });
      assert.deepEqual((await ai.generateText(asked)).output, { city: "Rome" });
      assert.deepEqual(await ai.streamText(asked).output, { city: "Rome" });
    },
  },
  {
    name: "text: by a registry, and with a middleware round it",
    async run({ ai, flowith, control, user }) {
      await control.script(user, { match: "sky", reply: "Blue. <think>Hm.</think>" });
      const registry = ai.createProviderRegistry({ flowith: Object(flowith) });
      const { text } = await ai.generateText({ model: registry.languageModel(`flowith:${model}`), prompt: "sky" });
      assert.include(text, "Blue.");
      const middleware = ai.extractReasoningMiddleware({ tagName: "aside" });
      const wrapped = ai.wrapLanguageModel({ model: flowith(model), middleware });
      await control.script(user, { match: "grass", reply: "Green. <aside>Hm.</aside>" });
      const result = await ai.generateText({ model: wrapped, prompt: "grass" });
      assert.equal(result.reasoningText, "Hm.");
    },
  },
];
