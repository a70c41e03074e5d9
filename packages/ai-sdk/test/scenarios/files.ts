import { assert } from "chai";
import { rejection, type Scenario } from "./scenario.ts";

const model = "gpt-4.1-nano";
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const png = Uint8Array.from(atob(PNG), (character) => character.charCodeAt(0));

export const fileScenarios: Scenario[] = [
  {
    name: "files: a picture's bytes are stored once, however often a chat sends them",
    async run({ ai, flowith, control, user, lastBody }) {
      const picture = { role: "user", content: [{ type: "text", text: "What is this?" }, image()] };
      await ai.generateText({ model: flowith(model), messages: [picture] });
      const { messages } = await lastBody("POST /completion/async");
      const [url] = picturesOf(messages[0]);
      assert.match(String(url), /^http/);
      const asked = [picture, { role: "assistant", content: "A dot." }, { role: "user", content: "Its colour?" }];
      await ai.generateText({ model: flowith(model), messages: asked });
      const again = (await lastBody("POST /completion/async")).messages;
      assert.deepEqual(picturesOf(again[0]), [url]);
      assert.lengthOf(await control.journal(user, "POST /file/store"), 1);
    },
  },
  {
    name: "files: a picture's address goes as it is; a text goes into the prompt; other files by reference",
    async run({ ai, flowith, control, user, lastBody }) {
      const url = new URL("https://pictures.example/cat.png");
      const pdf = new TextEncoder().encode("%PDF-1.7\n%%EOF\n");
      const csv = new TextEncoder().encode("a,b\n1,2");
      const content = [
        { type: "text", text: "Read this." },
        { type: "file", mediaType: "image/png", data: url },
        { type: "file", mediaType: "text/csv", data: csv, filename: "table.csv" },
        { type: "file", mediaType: "application/pdf", data: pdf, filename: "paper.pdf" },
      ];
      await ai.generateText({ model: flowith(model), messages: [{ role: "user", content }] });
      const [message] = (await lastBody("POST /completion/async")).messages;
      assert.deepEqual(picturesOf(message), [url.href]);
      const { text } = message.content.find(({ type }: Record<string, string>) => type === "text");
      assert.include(text, "Read this.\n\ntable.csv:\n\na,b\n1,2");
      assert.match(text, /\[\[file:pdf\|paper\.pdf\|http[^|]*\]\]/);
      assert.lengthOf(await control.journal(user, "POST /file/store"), 1);
    },
  },
  {
    name: "files: what uploadFile has stored is named by its reference",
    only7: true,
    async run({ ai, flowith, control, user, lastBody }) {
      const { providerReference } = Object(
        await ai.uploadFile?.({ api: flowith.files?.(), data: png, mediaType: "image/png", filename: "dot.png" }),
      );
      assert.match(providerReference.flowith, /^\[\[file:png\|dot\.png\|http/);
      const file = { type: "file", mediaType: "image/png", data: providerReference };
      const content = [{ type: "text", text: "What is this?" }, file];
      await ai.generateText({ model: flowith(model), messages: [{ role: "user", content }] });
      const [message] = (await lastBody("POST /completion/async")).messages;
      assert.include(providerReference.flowith, String(picturesOf(message)[0]));
      assert.lengthOf(await control.journal(user, "POST /file/store"), 1);
    },
  },
  {
    name: "files: by an API key pictures go as they are, texts as words, JSON too, and other files are refused",
    async run({ ai, byKey, lastBody }) {
      await ai.generateText({ model: byKey(model), messages: [{ role: "user", content: [image()] }] });
      const [message] = (await lastBody("POST /external/use/llm")).messages;
      assert.deepEqual(picturesOf(message), [`data:image/png;base64,${PNG}`]);
      const asked = (mediaType: string) => {
        const data = new TextEncoder().encode('{"city":"Rome"}');
        const content = [{ type: "file", mediaType, data, filename: "file" }];
        return ai.generateText({ model: byKey(model), messages: [{ role: "user", content }] });
      };
      for (const mediaType of ["application/json", "application/vnd.api+json; charset=utf-8", "text/plain"]) {
        await asked(mediaType);
        const [words] = (await lastBody("POST /external/use/llm")).messages;
        assert.equal(words.content, 'file:\n\n{"city":"Rome"}');
      }
      const refused = await rejection(asked("application/pdf"));
      assert.equal(refused.name, "AI_UnsupportedFunctionalityError");
    },
  },
];

function image(): object {
  return { type: "file", mediaType: "image/png", data: png };
}

function picturesOf(message: { content: { type: string; image_url: { url: string } }[] }): string[] {
  return message.content.filter(({ type }) => type === "image_url").map(({ image_url }) => image_url.url);
}
