import { readFileSync } from "node:fs";
import { FlowithError, type FlowithErrorCode, ImageModel, VideoModel } from "@flowith-webapi/core";
import { createEmulator, type Emulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLIENT_DEFAULTS } from "../../core/src/client/client-defaults.ts";
import { clientOptionsSchema } from "../../core/src/client/client-options.ts";
import { SILENT_MS, WITH_HEARTBEATS_MS } from "../../core/src/events/liveness-timer.ts";
import { imageKind } from "../../core/src/kinds/image.ts";
import type { KindTools } from "../../core/src/kinds/kind.ts";
import { DEFAULT_TEXT_MODEL, textKind } from "../../core/src/kinds/text/text.ts";
import { videoKind } from "../../core/src/kinds/video.ts";
import { type Limits, limitsOf } from "../../core/src/options/limits.ts";
import { ENV_NAMES } from "./env/env.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The cells of the rows of the table whose head begins with these words, without the marks of code. */
function table(head: string): string[][] {
  const lines = readme.split("\n");
  const start = lines.findIndex((line) => cellsOf(line).join(" | ").startsWith(head));
  expect(start, `a table that begins with "${head}"`).toBeGreaterThan(-1);
  const rest = lines.slice(start + 2);
  return rest.slice(0, rest.indexOf("")).map(cellsOf);
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("`", ""));
}

/** Numbers as the tables write them. */
const shown = (milliseconds: number): string =>
  milliseconds === 0 ? "–" : String(milliseconds).replace(/(\d)(?=(\d{3})+$)/g, "$1_");

// Of the tools, what is said about limits needs no more than that nobody has set a time.
const tools = { quietMs: {} } as KindTools;
const kinds = { text: textKind(tools), image: imageKind(tools), video: videoKind(tools) };

describe("the table of options", () => {
  const rows = new Map(table("option | what it is for").map(([options = "", , value = ""]) => [options, value]));
  const { events, edgeUrl, supabaseUrl, maxRetries, maxRequests } = CLIENT_DEFAULTS;

  it("names every option", () => {
    const named = [...rows.keys()].flatMap((options) => options.match(/\b[a-z]\w+\b/gi) ?? []);
    for (const option of [...Object.keys(clientOptionsSchema.entries), "supabase"]) expect(named).toContain(option);
  });

  it.each([
    ["events.livenessMs", `${shown(WITH_HEARTBEATS_MS)} once it sends heartbeats, ${shown(SILENT_MS)} before`],
    ["events.lingerMs", `${shown(events.lingerMs)}; 0 in Workers`],
    ["events.minDelayMs, maxDelayMs", `${events.minDelayMs}, ${shown(events.maxDelayMs)}`],
    ["events.quietMs.text, .media", `${shown(kinds.text.patience.quietMs)}, ${shown(kinds.image.patience.quietMs)}`],
    ["maxRetries", String(maxRetries)],
    ["maxRequests", String(maxRequests)],
    ["edgeUrl", edgeUrl],
    ["supabaseUrl, supabaseKey", `${supabaseUrl} and its key`],
  ])("says the default of %s", (option, value) => {
    expect(rows.get(option)).toBe(value);
  });
});

it("the table of limits says those of each kind of call", () => {
  const rows = Object.fromEntries(
    table("limits of | connectMs").map(([name = "", ...cells]) => [
      name,
      cells.map((cell) => cell.replace(", body included", "")),
    ]),
  );
  const cells = ({ connectMs, firstEventMs, idleMs, totalMs }: Limits): string[] =>
    [connectMs, firstEventMs, idleMs, totalMs].map(shown);
  expect(rows).toEqual({
    "a plain request: edge, rows, sign-in": cells(limitsOf("request")),
    uploadFile: cells(limitsOf("upload")),
    "bytes, blob, save of a result": cells(limitsOf("download")),
    "a text, direct too": cells(kinds.text.limits),
    "a picture": cells(kinds.image.limits),
    "a clip": cells(kinds.video.limits),
  });
});

describe("the table of jobs", () => {
  const rows = table("job | model");
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await createEmulator({ imageMs: 0, videoMs: 0, firstEventMs: 0, fragmentMs: 0 });
  });
  afterAll(() => emulator.close());

  it("says what is sent where nothing is said", async () => {
    const { token, id } = await emulator.createUser();
    const { edgeUrl, supabaseUrl, supabaseKey, fetch } = emulator;
    const flowith = new Flowith({ token, edgeUrl, supabaseUrl, supabaseKey, fetch });
    await flowith.generate("Hello");
    await flowith.generateImage("A cat");
    await flowith.generateVideo("A cat");
    flowith.close();
    const sent = (route: string): unknown => JSON.parse(emulator.journal.list({ user: id, route })[0]?.body ?? "");
    expect(sent("POST /completion/async")).toMatchObject({ model: DEFAULT_TEXT_MODEL });
    expect(sent("POST /image_gen/async")).toMatchObject({ aspect_ratio: "1:1", image_size: "512", agent: true });
    expect(sent("POST /video/async")).toMatchObject({ aspect_ratio: "16:9", resolution: "480p", audio: true });
    expect(rows).toEqual([
      ["text", DEFAULT_TEXT_MODEL, 'direct: false, reasoning: "split"'],
      ["picture", ImageModel.Default, 'aspectRatio: "1:1", imageSize: "512", agent: true'],
      ["clip", VideoModel.Default, 'aspectRatio: "16:9", resolution: "480p", audio: true'],
    ]);
  });
});

it("the table of the environment names each variable that is read, and Deno's flag the same", () => {
  expect(table("variable | option").map(([variable]) => variable)).toEqual(ENV_NAMES);
  expect(readme).toContain(` --allow-env=${ENV_NAMES.join(",")} `);
});

describe("the table of errors", () => {
  // A code that is missing here, or one too many, does not compile.
  const classes: Record<FlowithErrorCode, string> = {
    aborted: "FlowithError",
    api_error: "APIError",
    authentication: "AuthenticationError",
    conflict: "ConflictError",
    connection: "ConnectionError",
    events_overflow: "FlowithError",
    file_save: "FileSaveError",
    file_upload: "FileUploadError",
    insufficient_credits: "InsufficientCreditsError",
    invalid_argument: "InvalidArgumentError",
    job_failed: "JobFailedError",
    job_store: "JobStoreError",
    not_found: "NotFoundError",
    permission: "PermissionError",
    rate_limit: "RateLimitError",
    response_shape: "ResponseShapeError",
    server: "ServerError",
    session_store: "SessionStoreError",
    stream_truncated: "StreamTruncatedError",
    timeout: "TimeoutError",
    unknown: "FlowithError",
    validation: "ValidationError",
  };

  it("has all codes, each with its class, and what to do", () => {
    const rows = table("code | class");
    expect(rows.map(([code, errorClass]) => [code, errorClass])).toEqual(Object.entries(classes));
    for (const row of rows) expect(row.filter((cell) => cell !== "")).toHaveLength(4);
  });

  it.each(Object.entries(classes))("gives %s the class that it has", (code, name) => {
    expect(FlowithError.from({ name, code, message: "x" })).toMatchObject({ name, code });
  });
});
