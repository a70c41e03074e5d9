import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  APIError,
  AuthenticationError,
  ConnectionError,
  type FlowithError,
  InvalidArgumentError,
  JobFailedError,
  StreamTruncatedError,
  TimeoutError,
} from "flowith-webapi";
import { describe, expect, it } from "vitest";
import { reportError } from "./error-report.ts";

const answer = { status: 500, headers: new Headers(), body: undefined };

/** An error, a piece of the SDK's sentence that has to be in its sources, and what is said here. */
const cases: readonly (readonly [FlowithError, string, { message: string; hint?: string | undefined }])[] = [
  [
    new TimeoutError("generateStream: the job fell silent for 9 ms. Raise timeout.idleMs if that is expected.", {
      phase: "idle",
      limitMs: 9,
    }),
    " if that is expected.",
    { message: "The job fell silent for 9 ms." },
  ],
  [
    new ConnectionError("GET /models lost the connection (x). Check the network and the edgeUrl option."),
    "Check the network and the ",
    {
      message: "GET /models lost the connection (x).",
      hint: "Check the network, and --edge-url (FLOWITH_EDGE_URL) where it is set.",
    },
  ],
  [
    new APIError("GET /x answered 401: No API key. Check the supabaseKey option.", answer),
    "Check the supabaseKey option.",
    { message: "GET /x answered 401: No API key.", hint: "Check --supabase-key (FLOWITH_SUPABASE_KEY)." },
  ],
  [
    new AuthenticationError("No token was given. Pass token (and refreshToken) or sign in first."),
    "No token was given. Pass token (and refreshToken) or sign in first.",
    { message: "Nobody is signed in.", hint: "Sign in with `flowith login`." },
  ],
  [
    new AuthenticationError("The token was refused. Pass a fresh token, or a refreshToken, or sign in again."),
    "Pass a fresh token, or a refreshToken, or sign in again.",
    { message: "The token was refused.", hint: "Sign in with `flowith login`." },
  ],
  [
    new AuthenticationError("The token names no user (no sub claim). Pass userId."),
    "(no sub claim). Pass userId.",
    { message: "The token names no user (no sub claim).", hint: "Sign in with `flowith login`. Set FLOWITH_USER_ID." },
  ],
  [
    new StreamTruncatedError("POST /completion: the connection broke. Read error.partial, or generate again."),
    "Read error.partial, or generate again.",
    { message: "POST /completion: the connection broke.", hint: "Ask again for all of it." },
  ],
  [
    new JobFailedError(
      "wait: the image job was never posted. Start it anew, and take its handle from the store with discard().",
      { reason: "unposted" },
    ),
    "Start it anew, and take its handle from the store with discard().",
    { message: "The image job was never posted.", hint: "Begin it anew." },
  ],
  [
    new InvalidArgumentError(
      'submitVideo: by the catalogue, "m" has no sound. Choose another model, or pass validate: "off" to send it all the same.',
    ),
    'Choose another model, or pass validate: "off" to send it all the same.',
    {
      message: 'By the catalogue, "m" has no sound.',
      hint: "Choose another model: `flowith models ID` shows what one can do.",
    },
  ],
  [
    new InvalidArgumentError('submitVideo: option "durationSeconds": Expected a number above 0.'),
    ': option "',
    { message: "--duration: Expected a number above 0." },
  ],
  [
    new InvalidArgumentError("generateVideo: veo makes a clip of a picture: pass image."),
    "makes a clip of a picture: pass image.",
    { message: "veo makes a clip of a picture: give it one by --image." },
  ],
  [
    new InvalidArgumentError(
      "uploadFile: the file has more than 9 bytes. Flowith takes 20 MiB; raise maxBytes of uploadFile if yours takes more.",
    ),
    "raise maxBytes of uploadFile if yours takes more.",
    { message: "The file has more than 9 bytes. Flowith takes 20 MiB." },
  ],
  [
    new InvalidArgumentError("uploadFile: notes.md cannot be read. Check the path."),
    "cannot be read. Check the path.",
    { message: "notes.md cannot be read. Check the path." },
  ],
];

describe("an error of the SDK", () => {
  it.each(cases.map(([error, , said]) => [error.message, error, said] as const))(
    "is told in words of the terminal: %s",
    (_, error, said) => {
      const { message, hint, json } = reportError(error);
      expect({ message, hint }).toEqual({ hint: undefined, ...said });
      expect(json.message).toBe(said.message);
    },
  );

  it("that carries a job names the command that takes it up", () => {
    const handle = {
      v: 1,
      kind: "image",
      userNodeId: "4f1d22ab-5a3e-4f6e-8a2b-0c9f5f0c1d2e",
      nodeId: "9b20c3aa-5a3e-4f6e-8a2b-0c9f5f0c1d2e",
      convId: "0c9f5f0c-5a3e-4f6e-8a2b-0c9f5f0c1d2e",
      userId: "u",
      model: "m",
      createdAtMs: 0,
    } as const;
    const error = new TimeoutError(
      "x. The job may be at work all the same, and be paid for: wait for it with resume(error.handle) before you start it anew.",
      { phase: "total", limitMs: 1, handle },
    );
    expect(reportError(error)).toMatchObject({
      message: "x.",
      hint: `The job may be at work all the same, and be paid for: \`flowith jobs wait ${handle.userNodeId}\` takes up its result.`,
    });
  });

  it("has the sentences that are looked for", () => {
    const folder = fileURLToPath(new URL("../../../core/src", import.meta.url));
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
    const pieces = [...cases.map(([, piece]) => piece), "wait for it with resume(error.handle)"];
    expect(pieces.filter((piece) => !sources.includes(piece))).toEqual([]);
  });
});
