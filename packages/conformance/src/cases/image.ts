import { assert } from "chai";
import { AspectRatio, type Progress } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const imageCases: ConformanceCase[] = [
  {
    id: "media: a picture is a PNG that can be read as bytes, blob and stream",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const progress: Progress[] = [];
      const { image, images, convId } = await flowith.generateImage("A ripe banana on marble", {
        aspectRatio: AspectRatio.Square,
        onProgress: (step) => progress.push(step),
      });
      assert.strictEqual(images[0], image);
      assert.isNotEmpty(convId);
      const bytes = await image.bytes();
      assert.deepEqual([...bytes.subarray(0, 8)], PNG_SIGNATURE);
      const blob = await image.blob();
      assert.equal(blob.type, "image/png");
      assert.equal(blob.size, bytes.byteLength);
      const streamed = new Uint8Array(await new Response(await image.stream()).arrayBuffer());
      assert.deepEqual(streamed, bytes);
      assert.include(
        progress.map((step) => step.phase),
        "submitted",
      );
    },
  },
  {
    id: "media: the token never goes to the file host",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { image } = await flowith.generateImage("A key under a mat");
      await image.bytes();
      // A request without a token belongs to no user; one with it would stand in this user's journal.
      assert.lengthOf(await control.journal(user, "GET /files/*"), 0);
    },
  },
  {
    id: "media: the wish for a picture's ratio and size reaches the service",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await flowith.generateImage("A wide field", { aspectRatio: "16:9", imageSize: "1k", agent: false });
      const [post] = await control.journal(user, "POST /image_gen/async");
      const body = JSON.parse(post?.body ?? "");
      assert.deepInclude(body, {
        aspect_ratio: "16:9",
        image_size: "1k",
        agent: false,
        model: "gemini-3.1-flash-image",
      });
    },
  },
];
