import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fault } from "@flowith-webapi/emulator";
import { fileSessionStore } from "flowith-webapi";
import * as v from "valibot";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start({ heartbeatMs: 100, firstEventMs: 100, imageMs: 300 });
});
afterEach(() => service.emulator.faults.remove());
afterAll(() => service[Symbol.asyncDispose]());

const resultShape = v.looseObject({
  findings: v.array(v.looseObject({ id: v.string(), status: v.string(), came: v.optional(v.string()) })),
});

/** Of what is broken until the end of the run. */
const always = { count: 0 } as const;
const spend = ["--spend", "--yes"];

interface Case {
  name: string;
  fault: Fault;
  /** The only finding that differs, and what it says came. */
  finding: string;
  came: RegExp;
  args?: readonly string[];
}

const status = (route: string, code: number, body?: unknown): Fault => ({
  type: "status",
  route,
  status: code,
  ...(body === undefined ? {} : { body }),
  ...always,
});

const cases: Case[] = [
  {
    name: "an endpoint that refuses the token",
    fault: status("GET /user/credits", 401),
    finding: "edge.credits",
    came: /401/,
  },
  {
    name: "a token's refusal by 403",
    fault: status("GET /templates", 403, { message: "Invalid token" }),
    finding: "edge.templates",
    came: /403.*Invalid token/,
  },
  {
    name: "a bare token that is not taken",
    fault: { type: "status", route: "GET /user/credit_type", status: 401 },
    finding: "edge.bare",
    came: /401/,
  },
  {
    name: "a path that is gone",
    fault: status("GET /discord/invite-link", 404),
    finding: "edge.discord",
    came: /404/,
  },
  {
    name: "a proxy's page",
    fault: { type: "html", route: "GET /models", status: 200, ...always },
    finding: "edge.models",
    came: /HTML page/,
  },
  {
    name: "credits in another shape",
    fault: status("GET /user/credits", 200, { total: 5 }),
    finding: "edge.credits",
    came: /\{ total: number \}/,
  },
  {
    name: "models as a list",
    fault: status("GET /models", 200, [{ id: "m", title: "M" }]),
    finding: "edge.models",
    came: /a list of 1/,
  },
  {
    name: "templates under another name",
    fault: status("GET /templates", 200, { items: [] }),
    finding: "edge.templates",
    came: /items: an empty list.*at data/,
  },
  {
    name: "an API key that is refused",
    fault: status("GET /external/use/knowledge-base/models", 401),
    finding: "developer.models",
    came: /401/,
  },
  {
    name: "a missing table",
    fault: status("GET /rest/v1/discuss", 404, { code: "PGRST205", message: "Could not find the table" }),
    finding: "tables.discuss",
    came: /no such table/,
  },
  {
    name: "a missing column",
    fault: status("GET /rest/v1/flow_project", 400, {
      code: "42703",
      message: "column flow_project.title does not exist",
    }),
    finding: "tables.flow_project",
    came: /column is missing.*flow_project\.title/,
  },
  {
    name: "a table that may not be read",
    fault: status("GET /rest/v1/user_profile", 403, { code: "42501", message: "permission denied for table" }),
    finding: "tables.user_profile",
    came: /row security/,
  },
  {
    name: "a procedure that is gone",
    fault: status("POST /rest/v1/rpc/get_online_count", 404, { code: "PGRST202", message: "Could not find it" }),
    finding: "tables.get_online_count",
    came: /no such procedure/,
  },
  {
    name: "a channel without heartbeats",
    fault: { type: "silence", route: "/user_stream/sse", ...always },
    finding: "events.sse.heartbeat",
    came: /none in 10 s/,
    args: ["--wait", "10"],
  },
  {
    name: "a channel that is no event stream",
    fault: status("GET /user_stream/stream", 200, "hello"),
    finding: "events.stream.opens",
    came: /200 text\/plain/,
  },
  {
    name: "a channel that fails",
    fault: status("GET /user_stream/sse", 503),
    finding: "events.sse.opens",
    came: /503/,
  },
  {
    name: "a channel that is ended at once",
    fault: { type: "cut", route: "/user_stream/stream", clean: true, ...always },
    finding: "events.stream.stays",
    came: /ended after 0 events/,
  },
  {
    name: "headers that do not come",
    fault: { type: "silence", route: "GET /featurebase/status", ...always },
    finding: "edge.featurebase",
    came: /no answer within 4 s/,
    args: ["--timeout", "4"],
  },
  {
    name: "a host that breaks connections off",
    fault: { type: "disconnect", route: "GET /models", ...always },
    finding: "machine.edge",
    came: /broken off/,
  },
  {
    name: "a refresh that is refused",
    fault: status("POST /auth/v1/token", 400, {
      code: 400,
      error_code: "refresh_token_not_found",
      msg: "Invalid Refresh Token: Refresh Token Not Found",
    }),
    finding: "session.refresh",
    came: /refresh/i,
  },
  {
    name: "a clock that is an hour off",
    fault: {
      type: "status",
      route: "GET /models",
      status: 200,
      body: {},
      headers: { date: new Date(Date.now() + 3_600_000).toUTCString() },
    },
    finding: "machine.clock",
    came: /^3\d\d\d s behind the service/,
  },
  {
    name: "a provider that is switched off",
    fault: status("GET /auth/v1/settings", 200, { external: { google: true } }),
    finding: "sign-in.providers",
    came: /^google$/,
  },
  {
    name: "pages that are not let in",
    fault: status("OPTIONS /user/credits", 403),
    finding: "cors.edge",
    came: /403/,
    args: ["--origin", "http://127.0.0.1:5173"],
  },
  {
    name: "uploads that fail",
    fault: status("POST /file/store", 500),
    finding: "files.upload",
    came: /500/,
    args: ["--write"],
  },
  {
    name: "conversations that cannot be made",
    fault: status("POST /rest/v1/conversation", 403, { code: "42501", message: "row-level security" }),
    finding: "canvas.conversation",
    came: /row-level security/,
    args: ["--write"],
  },
  {
    name: "a job that cannot be paid",
    fault: status("POST /completion/async", 402),
    finding: "text.post",
    came: /402, with \d+ credits left/,
    args: spend,
  },
  {
    name: "a post that is answered with a refusal by 200",
    fault: status("POST /image_gen/async", 200, { status: "failed", error: "no" }),
    finding: "image.post",
    came: /^POST \/image_gen\/async: 200/,
    args: spend,
  },
  {
    name: "rows that keep init until the end",
    fault: { type: "keep-init" },
    finding: "text.init",
    came: /^init → done$/,
    args: spend,
  },
  {
    name: "a stream that is cut while a job runs",
    fault: { type: "cut", afterEvents: 3, ...always },
    finding: "text.open",
    came: /broke off/,
    args: spend,
  },
  {
    name: "a piece that is lost",
    fault: { type: "lose", seqs: [2], ...always },
    finding: "text.chunks",
    came: /piece 3 of \d+ has seq 3/,
    args: spend,
  },
  {
    name: "an end that is lost",
    fault: { type: "lose", terminal: true, ...always },
    finding: "text.end",
    came: /none is an end/,
    args: spend,
  },
  {
    name: "an end that is not the sum",
    fault: { type: "final-text", append: " And more.", ...always },
    finding: "text.result",
    came: /characters, and the pieces have/,
    args: spend,
  },
  {
    name: "a picture whose address leads nowhere",
    fault: status("GET /files/*", 404),
    finding: "image.url",
    came: /404/,
    args: spend,
  },
];

it.each(cases)("finds $name as $finding, and nothing else", async ({ fault, finding, came, args = [] }) => {
  const user = await service.user();
  const folder = await mkdtemp(join(tmpdir(), "flowith-doctor-"));
  const file = join(folder, "session.json");
  const { token: accessToken, refreshToken, id: userId } = user;
  await fileSessionStore(file).save({ accessToken, refreshToken, userId, expiresAtMs: Date.now() + 3_000_000 });
  service.emulator.faults.arm(fault);
  const env = { FLOWITH_SESSION_FILE: file, FLOWITH_API_KEY: user.apiKey };
  const shell = await TestShell.onEmulator(service.emulator, undefined, { env });
  const { exitCode, stdout } = await shell.run("doctor", "--json", "--timeout", "60", ...args);
  const { findings } = v.parse(resultShape, JSON.parse(stdout));
  const differing = findings.filter(({ status }) => status === "differs");
  expect(differing).toEqual([expect.objectContaining({ id: finding, came: expect.stringMatching(came) })]);
  expect(exitCode).toBe(6);
});
