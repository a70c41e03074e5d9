import { assert } from "chai";
import type { JobHandle } from "flowith-webapi";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import type { TestUser } from "../control.ts";
import { memoryJobStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";

const QUOTA = { error: "You have reached your monthly token limit" };

/** The error of a job of which nobody can say whether it was taken, with the handle by which it is found later. */
async function unknownJob(job: Promise<unknown>, status: number): Promise<JobHandle> {
  const error = await rejection(job);
  assert.deepInclude(error, { name: "ServerError", status, isRetryable: false });
  assert.match(String(error), /may be at work all the same.*resume\(error\.handle\)/);
  const handle: unknown = Reflect.get(Object(error), "handle");
  assert.isObject(handle);
  return handle as JobHandle;
}

async function posts({ control }: CaseContext, user: TestUser, route: string): Promise<(number | null)[]> {
  return (await control.journal(user, route)).map(({ status }) => status);
}

/** What costs credits is posted once, unless it surely had no effect. */
export const billedPostCases: ConformanceCase[] = [
  {
    id: "jobs: a picture or clip whose answer was lost and of which there is no sign is not posted again",
    async run(context) {
      const { flowith, user } = await context.newClient();
      for (const route of ["POST /image_gen/async", "POST /video/async"])
        await context.control.fault(user, { type: "status", status: 502, route });
      const [image, video] = await Promise.all([
        unknownJob(flowith.generateImage("A boat"), 502),
        unknownJob(flowith.generateVideo("A boat"), 502),
      ]);
      assert.deepEqual([image.kind, video.kind], ["image", "video"]);
      assert.deepEqual(await posts(context, user, "POST /image_gen/async"), [502]);
      assert.deepEqual(await posts(context, user, "POST /video/async"), [502]);
    },
  },
  {
    id: "jobs: a picture or clip that was taken without a sign for long is found by its handle, and paid once",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const { control } = context;
      await control.fault(user, { type: "keep-init" });
      await control.script(user, { match: "slow", firstEventMs: 12_000 });
      for (const route of ["POST /image_gen/async", "POST /video/async"])
        await control.fault(user, { type: "status", status: 502, when: "after", route });
      const handles = await Promise.all([
        unknownJob(flowith.generateImage("slow"), 502),
        unknownJob(flowith.generateVideo("slow"), 502),
      ]);
      const outputs = await Promise.all(handles.map((handle) => flowith.resume(handle).wait()));
      assert.match(Object(outputs[0]).image.url, /^http/);
      assert.match(Object(outputs[1]).videoUrl, /^http/);
      assert.lengthOf(await posts(context, user, "POST /image_gen/async"), 1);
      assert.lengthOf(await posts(context, user, "POST /video/async"), 1);
    },
  },
  {
    id: "jobs: a picture or clip whose answer was lost goes on as soon as there is a sign of it",
    async run(context) {
      const { flowith, user } = await context.newClient();
      for (const route of ["POST /image_gen/async", "POST /video/async"])
        await context.control.fault(user, { type: "status", status: 500, when: "after", route });
      const [picture, clip] = await Promise.all([flowith.generateImage("A boat"), flowith.generateVideo("A boat")]);
      assert.match(picture.image.url, /^http/);
      assert.match(clip.videoUrl, /^http/);
      assert.lengthOf(await posts(context, user, "POST /image_gen/async"), 1);
      assert.lengthOf(await posts(context, user, "POST /video/async"), 1);
    },
  },
  {
    id: "jobs: a limit that passes while the post's answer is awaited or looked for says that the job may be at work",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const { control } = context;
      await control.fault(user, { type: "keep-init" });
      await control.script(user, { match: "slow", firstEventMs: 15_000 });
      await control.fault(user, { type: "status", status: 502, when: "after", route: "POST /image_gen/async" });
      await control.fault(user, { type: "delay", ms: 20_000, when: "after", route: "POST /video/async" });
      // Long enough for a slow machine to have begun the post by then.
      const timeout = { totalMs: 6_000 };
      const errors = await Promise.all([
        rejection(flowith.generateImage("slow", { timeout })),
        rejection(flowith.generateVideo("slow", { timeout })),
      ]);
      for (const error of errors) {
        assert.deepInclude(error, { name: "TimeoutError", phase: "total", isRetryable: false });
        assert.match(String(error), /may be at work all the same/);
        assert.nestedPropertyVal(error, "handle.userId", user.id);
      }
    },
  },
  {
    id: "jobs: a proxy's 408 or 499 is a lost answer, and so is a row that is refused while it is looked for",
    async run(context) {
      const jobStore = memoryJobStore();
      const { flowith, user } = await context.newClient({ jobStore });
      const { control } = context;
      await control.script(user, { match: "quick", firstEventMs: 300 });
      for (const status of [408, 499]) {
        await control.fault(user, { type: "status", status, when: "after", route: "POST /image_gen/async" });
        assert.match((await flowith.generateImage("quick")).image.url, /^http/);
      }
      // Browsers send a request anew by themselves after a 408.
      const sent = await posts(context, user, "POST /image_gen/async");
      assert.deepEqual(sent.slice(sent.indexOf(499)), [499]);
      await control.fault(user, { type: "status", status: 502, when: "before", route: "POST /image_gen/async" });
      await control.fault(user, { type: "status", status: 403, route: "GET /rest/v1/flow_node", count: 0 });
      const { userNodeId } = await unknownJob(flowith.generateImage("quick"), 502);
      assert.isTrue(jobStore.handles.has(userNodeId), "the handle stays in the store");
    },
  },
  {
    id: "jobs: a text both of whose posts were lost says so, and is posted no third time",
    async run(context) {
      const { flowith, user } = await context.newClient();
      await context.control.fault(user, { type: "status", status: 502, route: "POST /completion/async", count: 2 });
      await unknownJob(flowith.generate("Hello"), 502);
      assert.deepEqual(await posts(context, user, "POST /completion/async"), [502, 502]);
    },
  },
  {
    id: "jobs: a 403 about a quota is a PermissionError after one post, and renews no token",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const { control } = context;
      const calls: [string, () => Promise<unknown>][] = [
        ["POST /completion/async", () => flowith.generate("Hello")],
        ["POST /completion", () => flowith.generate("Hello", { direct: true })],
        ["POST /image_gen/async", () => flowith.generateImage("A boat")],
        ["POST /video/async", () => flowith.generateVideo("A boat")],
        ["GET /user/credits", () => flowith.account.credits()],
      ];
      for (const [route, call] of calls) {
        await control.fault(user, { type: "status", status: 403, body: QUOTA, route, count: 2 });
        const error = await rejection(call());
        assert.deepInclude(error, { name: "PermissionError", status: 403 }, route);
        assert.match(String(error), /monthly token limit/);
        assert.deepEqual(await posts(context, user, route), [403], route);
      }
      assert.isEmpty(await posts(context, user, "POST /auth/v1/token"));
    },
  },
];
