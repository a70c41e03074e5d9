import { assert } from "chai";
import type { Progress } from "flowith-webapi/developer";
import { answering } from "../answering.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const start = (bytes: Uint8Array, at: number, length: number): string =>
  new TextDecoder("latin1").decode(bytes.subarray(at, at + length));

const QUICK = { everyMs: 100 };

export const developerMediaCases: ConformanceCase[] = [
  {
    id: "developer: a picture comes in one request, with what it cost, and can be read",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const output = await developer.generateImage("A ripe banana", {
        aspectRatio: "16:9",
        imageUrls: ["https://files.example/a.png"],
      });
      assert.deepInclude(output, { cost: 40_000, model: "gemini-3.1-flash-image", imageUrl: output.image.url });
      assert.equal(start(await output.image.bytes(), 1, 3), "PNG");
      const [post] = await control.journal(user, "POST /external/use/image/generate");
      assert.deepEqual(JSON.parse(post?.body ?? ""), {
        model: "gemini-3.1-flash-image",
        prompt: "A ripe banana",
        aspect_ratio: "16:9",
        image_urls: ["https://files.example/a.png"],
      });
    },
  },
  {
    id: "developer: the file of a result is fetched without the key",
    async run({ newDeveloper }) {
      const seen: [string, boolean][] = [];
      const { developer } = await newDeveloper({
        middleware: [
          (request, next, { kind }) => {
            seen.push([kind, request.headers.has("authorization")]);
            return next(request);
          },
        ],
      });
      await (await developer.generateImage("A ripe banana")).image.bytes();
      assert.deepEqual(seen, [
        ["edge", true],
        ["download", false],
      ]);
    },
  },
  {
    id: "developer: a clip is a task that is waited for with progress, and taken up by its handle as JSON",
    async run({ newDeveloper, createDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.script(user, { match: "cat", firstEventMs: 4_000 });
      const task = await developer.submitVideo("A cat on a beach", { durationSeconds: 2, audio: false });
      assert.deepInclude(task.handle, { v: 1, kind: "video", estimatedCost: 350_000, model: "seedance-2.0-fast" });
      assert.equal((await task.status()).state, "waiting");
      const progress: Progress[] = [];
      const saved = JSON.stringify(task);
      assert.notInclude(saved, user.apiKey);
      const later = createDeveloper({ apiKey: user.apiKey }).resume(JSON.parse(saved));
      const output = await later.wait({ ...QUICK, onProgress: (one) => progress.push(one) });
      assert.deepInclude(output, { cost: 350_000, handle: task.handle, url: output.media.url });
      assert.equal(start(await output.media.bytes(), 4, 4), "ftyp");
      assert.isAbove(progress.length, 0);
      assert.equal(progress[0]?.phase, "waiting");
      const [post] = await control.journal(user, "POST /external/use/video/generate");
      assert.deepEqual(JSON.parse(post?.body ?? ""), {
        model: "seedance-2.0-fast",
        prompt: "A cat on a beach",
        duration: 2,
        audio: false,
      });
    },
  },
  {
    id: "developer: music is an audio file, and a 3D model a binary glTF",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const [music, model] = await Promise.all([
        developer.submitMusic("A slow waltz for a ferry", { lyrics: "[Verse]\nThe ferry leaves" }),
        developer.submit3D("https://files.example/chair.png"),
      ]);
      const sound = await (await music.wait(QUICK)).media.blob();
      assert.equal(sound.type, "audio/wav");
      const bytes = new Uint8Array(await sound.arrayBuffer());
      assert.equal(`${start(bytes, 0, 4)} ${start(bytes, 8, 4)}`, "RIFF WAVE");
      const solid = await (await model.wait(QUICK)).media.blob();
      assert.equal(solid.type, "model/gltf-binary");
      const glb = new Uint8Array(await solid.arrayBuffer());
      assert.equal(start(glb, 0, 4), "glTF");
      const length = new DataView(glb.buffer).getUint32(12, true);
      assert.equal(JSON.parse(start(glb, 20, length)).asset.version, "2.0");
      const [post] = await control.journal(user, "POST /external/use/music/generate");
      assert.deepInclude(JSON.parse(post?.body ?? ""), {
        model: "minimax-music-v2",
        lyrics: "[Verse]\nThe ferry leaves",
      });
      const [third] = await control.journal(user, "POST /external/use/3d/generate");
      assert.deepInclude(JSON.parse(third?.body ?? ""), {
        model: "trellis-2",
        image_url: "https://files.example/chair.png",
      });
    },
  },
  {
    id: "developer: a task that fails is a JobFailedError, and failures of the questions about it pass",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper({ maxRetries: 0 });
      await control.script(user, { match: "storm", fail: { reason: "content_policy", message: "No storms" } });
      const failing = await developer.submitVideo("A storm at sea");
      const error = await rejection(failing.wait(QUICK));
      assert.deepInclude(error, { name: "JobFailedError", reason: "content_policy", isRetryable: false });
      await control.fault(user, { type: "status", status: 500, count: 2, route: "GET /external/use/video/status" });
      const task = await developer.submitVideo("A calm sea");
      assert.match((await task.wait(QUICK)).url, /\.mp4$/);
      const stranger = await newDeveloper();
      const missing = await rejection(stranger.developer.resume(task.handle).wait(QUICK));
      assert.deepInclude(missing, { name: "NotFoundError", status: 404 });
    },
  },
  {
    id: "developer: the wait for a task ends by its limit or the caller's signal, and the task goes on",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.script(user, { match: "slow", firstEventMs: 40_000 });
      const task = await developer.submitVideo("A slow river");
      const late = await rejection(task.wait({ ...QUICK, timeout: { totalMs: 250 } }));
      assert.deepInclude(late, { name: "TimeoutError", phase: "total" });
      const reason = new Error("enough");
      const controller = new AbortController();
      const ended = task.wait({ ...QUICK, signal: controller.signal, onProgress: () => controller.abort(reason) });
      assert.equal(await rejection(ended), reason);
      const own = new Error("mine");
      const thrown = task.wait({
        ...QUICK,
        onProgress: () => {
          throw own;
        },
      });
      assert.equal(await rejection(thrown), own);
      assert.equal((await task.status()).state, "waiting");
    },
  },
  {
    id: "developer: what is billed is posted once, whatever its answer",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper({ maxRetries: 3 });
      for (const [route, call] of [
        ["POST /external/use/video/generate", () => developer.submitVideo("A cat on a beach")],
        ["POST /external/use/image/generate", () => developer.generateImage("A cat on a beach")],
        ["POST /external/use/llm", () => developer.chat("Hello")],
        ["POST /external/use/knowledge-base/seek", () => developer.knowledge.search("Hello?")],
      ] as const) {
        await control.fault(user, { type: "status", status: 503, route });
        assert.deepInclude(await rejection(call()), { name: "ServerError", status: 503 });
        assert.lengthOf(await control.journal(user, route), 1);
      }
      const route = "POST /external/use/music/generate";
      await control.fault(user, { type: "status", status: 429, headers: { "retry-after": "0" }, route });
      await developer.submitMusic("A slow waltz for a ferry");
      assert.lengthOf(await control.journal(user, route), 2);
    },
  },
  {
    id: "developer: prompts, lyrics and URLs that the service would refuse are refused before credits are spent",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const wrong: [RegExp, () => Promise<unknown>][] = [
        [/the prompt is empty/, () => developer.generateImage(" ")],
        [/10 to 300 characters, not 5/, () => developer.submitMusic("Waltz")],
        [/10 to 300 characters, not 301/, () => developer.submitMusic("x".repeat(301))],
        [/option "lyrics": Expected 10 to 3000/, () => developer.submitMusic("A slow waltz", { lyrics: "La la" })],
        [/imageUrl must be an http/, () => developer.submit3D("chair.png")],
        [/option "imageUrls.0"/, () => developer.generateImage("A cat", { imageUrls: ["cat.png"] })],
        [/option "durationSeconds"/, () => developer.submitVideo("A cat", { durationSeconds: 0 })],
      ];
      for (const [message, call] of wrong) {
        const error = await rejection(call());
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), message);
      }
      const noHandle: object = { v: 1, kind: "poem" };
      assert.throws(() => developer.resume(Object(noHandle)), /resume: the handle of a task/);
      assert.isEmpty(await control.journal(user));
    },
  },
  {
    id: "developer: answers in another shape are ResponseShapeErrors, and a failure in a success is a failure",
    async run({ newDeveloper }) {
      const video = "/external/use/video/generate";
      const picture = "/external/use/image/generate";
      const odd = await newDeveloper({
        middleware: [answering(video, { data: {} }), answering(picture, { data: {} })],
      });
      assert.propertyVal(await rejection(odd.developer.submitVideo("A cat")), "name", "ResponseShapeError");
      assert.propertyVal(await rejection(odd.developer.generateImage("A cat")), "name", "ResponseShapeError");
      const failed = { success: false, error: { message: "Too dark", type: "content_policy" } };
      const dark = await newDeveloper({ middleware: [answering(picture, failed)] });
      assert.deepInclude(await rejection(dark.developer.generateImage("A cat")), { reason: "content_policy" });
    },
  },
  {
    id: "developer: models of pictures and clips are read from whatever list comes",
    async run({ newDeveloper }) {
      const { developer } = await newDeveloper();
      assert.include(await developer.imageModels(), "gemini-3.1-flash-image");
      assert.include(await developer.videoModels(), "seedance-2.0-fast");
    },
  },
];
