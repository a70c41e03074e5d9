import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

export const uploadCases: ConformanceCase[] = [
  {
    id: "upload: stores bytes that come back the same, and can be used in a prompt",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const text = "Dragons like cinnamon. — Ödön";
      const file = await flowith.uploadFile(new Blob([text]), { filename: "dragons.txt" });
      assert.equal(file.fileType, "txt");
      assert.equal(file.reference, `[[file:txt|dragons.txt|${file.url}]]`);
      assert.equal(await (await fetch(file.url)).text(), text);
      const output = await flowith.generate(`What does this say? ${file.reference}`);
      assert.include(output.text, "Dragons like cinnamon");
    },
  },
  {
    id: "upload: takes bytes, a stream, a response and a URL",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const bytes = new TextEncoder().encode("the same in every form");
      const stream = new Blob([bytes]).stream();
      const first = await flowith.uploadFile(bytes, { filename: "a.bin" });
      const others = [
        await flowith.uploadFile(bytes.buffer, { filename: "b.bin" }),
        await flowith.uploadFile(stream, { filename: "c.bin" }),
        await flowith.uploadFile(new Response(bytes), { filename: "d.bin" }),
        await flowith.uploadFile(first.url),
      ];
      for (const { url } of [first, ...others]) {
        assert.deepEqual(new Uint8Array(await (await fetch(url)).arrayBuffer()), bytes);
      }
    },
  },
  {
    id: "upload: refuses what is too large before a byte is sent",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const error = await rejection(flowith.uploadFile(new Uint8Array(11), { maxBytes: 10 }));
      assert.propertyVal(error, "name", "InvalidArgumentError");
      assert.lengthOf(await control.journal(user, "POST /file/store"), 0);
    },
  },
  {
    id: "upload: a refusal is a FileUploadError",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "status", status: 415, route: "POST /file/store" });
      const error = await rejection(flowith.uploadFile(new Blob(["x"])));
      assert.deepInclude(error, { name: "FileUploadError", status: 415 });
    },
  },
  {
    id: "upload: pictures of a prompt are uploaded first",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await flowith.generate("Describe it", { images: [new Blob(["not really a picture"], { type: "image/png" })] });
      assert.lengthOf(await control.journal(user, "POST /file/store"), 1);
      const [post] = await control.journal(user, "POST /completion/async");
      const [message] = JSON.parse(post?.body ?? "").messages;
      assert.equal(message.content[0].text, "Describe it");
      assert.match(message.content[1].image_url.url, /^http/);
    },
  },
];
