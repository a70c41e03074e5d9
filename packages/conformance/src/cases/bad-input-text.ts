import { assert } from "chai";
import type { Message } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const CONV_ID = "0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11";

/** Texts that no row can hold. */
export const badInputTextCases: ConformanceCase[] = [
  {
    id: "bad input: a text with a NUL is refused before any request, with its place",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const nul = "ab\0";
      const part = { type: "image_url" as const, image_url: { url: "https://example.com/a", detail: nul } };
      const refusals: [RegExp, () => Promise<unknown>][] = [
        [/generate: the prompt: .*NUL.* at index 2\./, () => flowith.generate(nul)],
        [/generateImage: the prompt: .* at index 2\./, () => flowith.generateImage(nul)],
        [/session\.send: the prompt: .* at index 2\./, () => flowith.startConversation().send(nul)],
        [/option "system": .* at index 2\./, () => flowith.generate("x", { system: nul })],
        [/option "model": .* at index 2\./, () => flowith.generate("x", { model: nul })],
        [
          /option "messages\.0\.content": .* at index 2\./,
          () => flowith.generate("x", { messages: [{ role: "user", content: nul }] }),
        ],
        [
          /option "messages\.0\.content\.0\.text": .* at index 2\./,
          () => flowith.generate("x", { messages: [{ role: "user", content: [{ type: "text", text: nul }] }] }),
        ],
        [
          /option "messages\.0\.content\.0\.image_url": .* at index 2 of detail\./,
          () => flowith.generate("x", { messages: [{ role: "user", content: [part] }] }),
        ],
        [
          /option "extraBody": .* at index 2 of a\.1\.b\./,
          () => flowith.generate("x", { extraBody: { a: [1, { b: nul }] } }),
        ],
        [
          /option "extraBody": .* at index 2 of a key of a\./,
          () => flowith.generate("x", { extraBody: { a: { [nul]: 1 } } }),
        ],
        [/request: body: .* at index 2 of a\./, () => flowith.request("POST", "/x", { body: { a: nul } })],
        [/option "query\.a": .* at index 2\./, () => flowith.request("GET", "/x", { query: { a: nul } })],
        [/generateTitle: the prompt: .* at index 2\./, () => flowith.generateTitle(nul)],
        [/messages: 0\.content: .* at index 2\./, () => flowith.generateTitle([{ role: "user", content: nul }])],
        [/rename: title: .* at index 2\./, () => flowith.conversations.rename(CONV_ID, nul)],
        [/updateProfile: fields: .* at index 2 of name\./, () => flowith.account.updateProfile({ name: nul })],
        [/option "locale": .* at index 2\./, () => flowith.presence.upsert({ sessionId: "s", locale: nul })],
        [/presence\.remove: sessionId: .* at index 2\./, () => flowith.presence.remove(nul)],
        [/option "filename": .* at index 2\./, () => flowith.uploadFile(new Blob(["x"]), { filename: nul })],
        [/uploadFile: the source's name: .* at index 2\./, () => flowith.uploadFile(new File(["x"], nul))],
        [
          /option "password": .* at index 2\./,
          () => flowith.auth.signInWithPassword({ email: user.email, password: nul }),
        ],
      ];
      for (const [message, call] of refusals) {
        const error = await rejection(call());
        assert.propertyVal(error, "name", "InvalidArgumentError", String(message));
        assert.match(String(error), message);
      }
      assert.throws(() => flowith.startConversation({ system: nul }), /option "system": .* at index 2\./);
      assert.lengthOf(await control.journal(user), 0);
    },
  },
  {
    id: "upload: a NUL in the name that a host gives a file is replaced, since nobody here has chosen it",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const headers = { "content-disposition": "attachment; filename*=UTF-8''a%00b.txt" };
      const { reference } = await flowith.uploadFile(new Response("x", { headers }));
      assert.include(reference, "|a_b.txt|");
    },
  },
  {
    id: "text: half of a surrogate pair becomes U+FFFD wherever a text is sent, and whole ones stay",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const [half, whole] = ["\ud83d!", "😀!"];
      const odd = `${half} ${whole} \\ud83d`;
      const sent = `\ufffd! ${whole} \\ud83d`;
      const { convId } = await flowith.generate(odd, {
        system: odd,
        messages: [{ role: "user", content: odd }],
        extraBody: { deep: [{ [half]: odd }] },
      });
      const [post] = await control.journal(user, "POST /completion/async");
      const body = JSON.parse(post?.body ?? "{}");
      assert.deepEqual(body.deep, [{ "\ufffd!": sent }]);
      assert.deepInclude(body.messages[1], { role: "user", content: sent });
      const prompts = (await flowith.conversations.nodes(convId)).filter(({ type }) => type === "1");
      assert.deepEqual(
        prompts.map(({ data }) => data.value),
        [sent],
      );
      assert.propertyVal(await flowith.conversations.rename(convId, odd), "title", sent);
      await flowith.generateTitle(odd);
      const [title] = await control.journal(user, "POST /completion/conversation-title");
      assert.include(title?.body ?? "", "\ufffd");
    },
  },
  {
    id: "bad input: of a message that is wrong inside, the place is told and what is wrong there",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const wrong: [unknown, string, string][] = [
        [{ type: "image", url: "x" }, "content.0.type", 'Expected ("text" | "image_url"), not "image".'],
        [{ type: "text" }, "content.0.text", "is missing."],
        [{ type: "image_url", image_url: "https://x" }, "content.0.image_url", "Expected Object, not string."],
        ["x", "content.0", "Expected Object, not string."],
      ];
      for (const [part, place, words] of wrong) {
        const messages = [{ role: "user", content: [part] }] as unknown as Message[];
        const error = String(await rejection(flowith.generate("x", { messages })));
        assert.include(error, `"messages.0.${place}"`);
        assert.include(error, words);
        assert.include(String(await rejection(flowith.generateTitle(messages))), `messages: 0.${place}: `);
      }
      const neither: object = { messages: [{ role: "user", content: 1 }] };
      assert.match(
        String(await rejection(flowith.generate("x", neither))),
        /content": Expected \(string \| Array\), not 1/,
      );
      const titled = (message: object): Promise<unknown> => rejection(flowith.generateTitle([message] as Message[]));
      const tool = { role: "user", content: "x", tool_call_id: "1" };
      assert.match(String(await titled(tool)), /messages: 0\.tool_call_id: There is no such field\.$/);
      assert.match(String(await titled({ content: "x" })), /messages: 0\.role: It is missing\.$/);
    },
  },
  {
    id: "bad input: a word that is none of those that are right is shown, cut and without a secret",
    async run({ newClient, createClient }) {
      const { flowith } = await newClient();
      const wrong = { role: "assistent", content: "x" } as unknown as { role: "user"; content: string };
      const error = await rejection(flowith.generate("x", { messages: [wrong] }));
      assert.match(String(error), /"messages\.0\.role": Expected \("user" \| .*\), not "assistent"\.$/);
      const scheme: object = { authScheme: `bearer${"r".repeat(100)}` };
      assert.throws(() => createClient(scheme), /not "bearer.{53}…"\.$/);
      const token: object = { authScheme: "eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2ln" };
      assert.throws(() => createClient(token), /not "\[token\]"/);
    },
  },
];
