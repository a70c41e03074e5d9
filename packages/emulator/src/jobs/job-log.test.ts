import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createDatabase } from "../database/database.ts";
import { edgeSchema } from "../edge/edge-schema.ts";
import { createJobLog } from "./job-log.ts";

it("a node's job is whose last post was taken, so that a refund goes to who paid", async () => {
  const database = await createDatabase();
  await database.exec(edgeSchema);
  const jobs = createJobLog(database, { now: () => 0 });
  const [nodeId, convId] = [randomUUID(), randomUUID()];
  const first = { userId: randomUUID(), nodeId, convId, media: "text", model: "gpt-4.1-nano", cost: 1 } as const;
  const second = { ...first, userId: randomUUID(), media: "image", model: "gemini-3.1-flash-image", cost: 10 } as const;
  await jobs.begin(first);
  await jobs.begin(second);
  expect(await jobs.open()).toEqual([expect.objectContaining(second)]);
  await database.close();
});
