import type { Emulator } from "@flowith-webapi/emulator";
import type { ClientOptions } from "@modelcontextprotocol/client";
import { expect } from "vitest";
import { McpOverStdio } from "./mcp-client.ts";

/** A client is told how a job goes, leaves it, and takes it up again. */
export async function leaveAndReturn(emulator: Emulator, client: ClientOptions, revision: string): Promise<void> {
  await using mcp = await McpOverStdio.start(emulator, { client });
  expect(mcp.client.getNegotiatedProtocolVersion()).toBe(revision);
  const controller = new AbortController();
  const { promise: heard, resolve } = Promise.withResolvers<string>();
  const call = mcp.client.callTool(
    { name: "generate_video", arguments: { prompt: "A cat" } },
    { signal: controller.signal, onprogress: ({ message }) => resolve(message ?? "") },
  );
  call.catch(() => undefined);
  const [, jobId] = /^submitted: 0 s, job (\S+)$/.exec(await heard) ?? [];
  controller.abort("enough");
  await expect(call).rejects.toThrow("enough");
  // the job goes on, once
  expect(await mcp.call("list_jobs")).toMatchObject({ jobs: [{ job_id: jobId }] });
  const progress: number[] = [];
  const again = await mcp.client.callTool(
    { name: "wait_for_job", arguments: { job_id: jobId } },
    { onprogress: ({ progress: seconds }) => progress.push(seconds) },
  );
  expect(again.structuredContent).toMatchObject({ state: "done", media: [{ mime_type: "video/mp4" }] });
  expect(progress).toEqual([...new Set(progress)].sort((a, b) => a - b));
  expect(emulator.journal.list({ user: mcp.user.email, route: "POST /video/async" })).toHaveLength(1);
}
