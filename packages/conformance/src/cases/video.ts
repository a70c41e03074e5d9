import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

export const videoCases: ConformanceCase[] = [
  {
    id: "media: a clip can be read, and stands under the prompt's node",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const output = await flowith.generateVideo("A cat on a beach", { aspectRatio: "16:9", durationSeconds: 4 });
      assert.equal(output.videoUrl, output.video.url);
      const blob = await output.video.blob();
      assert.equal(blob.type, "video/mp4");
      const bytes = new Uint8Array(await blob.arrayBuffer());
      assert.equal(new TextDecoder().decode(bytes.subarray(4, 8)), "ftyp");
      const nodes = await flowith.conversations.nodes(output.convId);
      assert.deepEqual(
        nodes.map((node) => node.type),
        ["1", "2"],
      );
      assert.equal(nodes[1]?.id, output.nodeId);
      assert.equal(nodes[1]?.parentId, nodes[0]?.id);
      const [post] = await control.journal(user, "POST /video/async");
      assert.deepInclude(JSON.parse(post?.body ?? ""), {
        parentNodeId: nodes[0]?.id,
        audio: true,
        resolution: "480p",
        duration: 4,
      });
    },
  },
  {
    id: "media: a clip is found when the service puts it into another node, and says so late",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "node-id" });
      await control.fault(user, { type: "delay", ms: 2_500, when: "after", route: "POST /video/async" });
      let asked = "";
      const output = await flowith.generateVideo("A cat on a beach", {
        onSubmit: (handle) => {
          asked = handle.nodeId;
        },
      });
      assert.notEqual(output.nodeId, asked);
      assert.match(output.videoUrl, /^http/);
    },
  },
  {
    id: "media: a clip that fails by event or by row is a JobFailedError",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      for (const by of ["event", "row"]) {
        await control.script(user, { match: by, fail: { reason: "provider_error", by } });
        const error = await rejection(flowith.generateVideo(`fail by ${by}`, { timeout: { totalMs: 15_000 } }));
        assert.deepInclude(error, { name: "JobFailedError" });
        assert.nestedPropertyVal(error, "handle.kind", "video");
      }
    },
  },
  {
    id: "media: frames of a clip are uploaded first, and a last one needs a first",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const frame = new Blob(["not really a picture"], { type: "image/png" });
      await flowith.generateVideo("From here to there", { image: frame, lastImage: "https://example.com/last.png" });
      const [post] = await control.journal(user, "POST /video/async");
      const body = JSON.parse(post?.body ?? "");
      assert.match(body.imageURL, /^http.*\/files\//);
      assert.equal(body.lastImageURL, "https://example.com/last.png");
      const error = await rejection(flowith.generateVideo("x", { lastImage: frame }));
      assert.propertyVal(error, "name", "InvalidArgumentError");
    },
  },
];
