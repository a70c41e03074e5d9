import * as v from "valibot";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { isMimeType } from "./files/mime-types.ts";
import { describeIssue, whatIsWrong } from "./wire/describe-issue.ts";

const text = v.string();
export const filledText: v.GenericSchema<unknown, string> = v.pipe(
  v.string(),
  v.check((value) => value.trim() !== "", "Expected a text that is not empty"),
);
export const flag: v.GenericSchema<unknown, boolean> = v.boolean();
const callable = v.function();
const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0));
export const count: v.GenericSchema<unknown, number> = v.pipe(v.number(), v.integer(), v.minValue(0));
const anything = v.unknown();
const port = v.custom<object>((value) => typeof value === "object" && value !== null, "Expected an object");
const signal = v.custom<AbortSignal>(
  (value) => typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value,
  "Expected an AbortSignal",
);
const httpUrl = v.pipe(
  text,
  v.check((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), "Expected an http or https URL"),
);
const headers = v.pipe(
  v.record(text, text),
  v.check(
    (value) => !Object.keys(value).some((name) => name.toLowerCase() === "authorization"),
    "Expected no authorization header: pass token (and authScheme) instead",
  ),
);

const timeout = v.strictObject({
  connectMs: v.optional(milliseconds),
  firstEventMs: v.optional(milliseconds),
  idleMs: v.optional(milliseconds),
  totalMs: v.optional(milliseconds),
});

const call = {
  signal: v.optional(signal),
  timeout: v.optional(timeout),
  headers: v.optional(headers),
  maxRetries: v.optional(count),
  onResponse: v.optional(callable),
};

/** Of every call. */
export const callEntries: v.ObjectEntries = call;

export const eventStreamSchema: v.StrictObjectSchema<v.ObjectEntries, undefined> = v.strictObject({
  signal: call.signal,
  timeout: call.timeout,
});

/** Of every job, wherever it hangs. */
const anyJob = {
  ...call,
  model: v.optional(filledText),
  extraBody: v.optional(v.record(text, anything)),
  onSubmit: v.optional(callable),
  onProgress: v.optional(callable),
};

const turn = {
  ...anyJob,
  images: v.optional(v.array(anything)),
  systemMode: v.optional(v.picklist(["fold", "message"])),
  reasoning: v.optional(v.picklist(["split", "raw"])),
};

const imageTurn = {
  ...anyJob,
  aspectRatio: v.optional(filledText),
  imageSize: v.optional(filledText),
  agent: v.optional(flag),
  images: v.optional(v.array(anything)),
};

const videoTurn = {
  ...anyJob,
  image: v.optional(anything),
  lastImage: v.optional(anything),
  aspectRatio: v.optional(filledText),
  resolution: v.optional(filledText),
  audio: v.optional(flag),
  durationSeconds: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
  loop: v.optional(flag),
};

const part = v.variant("type", [
  v.strictObject({ type: v.literal("text"), text }),
  v.strictObject({ type: v.literal("image_url"), image_url: v.looseObject({ url: text }) }),
]);
const message = v.strictObject({
  role: v.picklist(["user", "assistant", "system"]),
  content: v.union([text, v.array(part)]),
});

const oauth = {
  provider: v.optional(filledText),
  redirectTo: v.optional(v.union([filledText, v.instance(URL)])),
  scopes: v.optional(text),
  accessType: v.optional(filledText),
  prompt: v.optional(filledText),
  includeGrantedScopes: v.optional(flag),
  queryParams: v.optional(v.record(text, text)),
};

/** The calls whose options are checked. */
export type CheckedCall =
  | "Flowith"
  | "call"
  | "wait"
  | "generate"
  | "generateImage"
  | "generateVideo"
  | "startConversation"
  | "send"
  | "session.generateImage"
  | "session.generateVideo"
  | "uploadFile"
  | "signInWithPassword"
  | "oauthUrl"
  | "signInWithOAuth"
  | "logout"
  | "save";

/** What a conversation session decides by itself. */
const place = {
  convId: v.optional(filledText),
  parentId: v.optional(filledText),
  messages: v.optional(v.array(message)),
};

const schemas: Record<CheckedCall, v.StrictObjectSchema<v.ObjectEntries, undefined>> = {
  Flowith: v.strictObject({
    token: v.optional(text),
    refreshToken: v.optional(text),
    userId: v.optional(filledText),
    store: v.optional(port),
    verifierStore: v.optional(port),
    jobStore: v.optional(port),
    edgeUrl: v.optional(httpUrl),
    supabaseUrl: v.optional(httpUrl),
    supabaseKey: v.optional(filledText),
    authScheme: v.optional(v.picklist(["bare", "bearer"])),
    fetch: v.optional(callable),
    headers: v.optional(headers),
    middleware: v.optional(v.array(callable)),
    timeout: v.optional(timeout),
    livenessMs: v.optional(milliseconds),
    lingerMs: v.optional(milliseconds),
    reconnect: v.optional(
      v.strictObject({ minDelayMs: v.optional(milliseconds), maxDelayMs: v.optional(milliseconds) }),
    ),
    maxRetries: v.optional(count),
    validate: v.optional(v.picklist(["error", "off"])),
    logger: v.optional(port),
    logLevel: v.optional(v.picklist(["debug", "info", "warn", "error", "silent"])),
    waitUntil: v.optional(callable),
  }),
  call: v.strictObject(call),
  wait: v.strictObject({ ...call, onProgress: v.optional(callable) }),
  generate: v.strictObject({ ...turn, ...place, system: v.optional(filledText), direct: v.optional(flag) }),
  generateImage: v.strictObject({ ...imageTurn, ...place }),
  generateVideo: v.strictObject({ ...videoTurn, convId: place.convId, parentId: place.parentId }),
  startConversation: v.strictObject({
    convId: v.optional(filledText),
    model: v.optional(filledText),
    system: v.optional(filledText),
  }),
  uploadFile: v.strictObject({
    ...call,
    filename: v.optional(filledText),
    mimeType: v.optional(v.pipe(text, v.check(isMimeType, 'Expected a MIME type such as "image/png"'))),
    fileType: v.optional(filledText),
    maxBytes: v.optional(count),
    onProgress: v.optional(callable),
  }),
  signInWithPassword: v.strictObject({ ...call, email: filledText, password: filledText }),
  oauthUrl: v.strictObject(oauth),
  signInWithOAuth: v.strictObject({ ...call, ...oauth }),
  logout: v.strictObject({ ...call, scope: v.optional(v.picklist(["global", "local", "others"])) }),
  send: v.strictObject(turn),
  "session.generateImage": v.strictObject(imageTurn),
  "session.generateVideo": v.strictObject(videoTurn),
  save: v.strictObject({
    ...call,
    filename: v.optional(filledText),
    key: v.optional(filledText),
    overwrite: v.optional(flag),
    onProgress: v.optional(callable),
  }),
};

/** @throws InvalidArgumentError that names the option and what is wrong with it, before any request is made */
export function checkOptions(of: CheckedCall, options: unknown): void {
  checkAgainst(of, schemas[of], options);
}

/** @throws InvalidArgumentError as {@link checkOptions}, for a call with a schema of its own */
export function checkAgainst(
  of: string,
  schema: v.StrictObjectSchema<v.ObjectEntries, undefined>,
  options: unknown,
): void {
  const result = v.safeParse(schema, options);
  if (result.success) return;
  const [issue] = result.issues;
  const where = v.getDotPath(issue);
  if (issue.type === "strict_object" && where !== null) {
    const known = where.includes(".") ? "" : ` Known options: ${Object.keys(schema.entries).join(", ")}.`;
    throw new InvalidArgumentError(`${of}: there is no option "${where}".${known}`);
  }
  throw new InvalidArgumentError(`${of}: ${where === null ? "options" : `option "${where}"`}: ${whatIsWrong(issue)}.`);
}

/** @throws InvalidArgumentError that says which message is wrong */
export function checkMessages(of: string, messages: unknown): void {
  const result = v.safeParse(v.array(message), messages);
  if (!result.success) throw new InvalidArgumentError(`${of}: messages: ${describeIssue(result.issues[0])}.`);
}

/** @throws InvalidArgumentError */
export function checkPrompt(of: string, prompt: unknown): void {
  if (typeof prompt !== "string")
    throw new InvalidArgumentError(`${of}: the prompt must be a string, not ${typeof prompt}.`);
  if (prompt.trim() === "") throw new InvalidArgumentError(`${of}: the prompt is empty.`);
}

/** @throws InvalidArgumentError that does not show the value, which may be a secret */
export function checkText(of: string, name: string, value: unknown): void {
  if (typeof value !== "string")
    throw new InvalidArgumentError(`${of}: ${name} must be a string, not ${typeof value}.`);
  if (value.trim() === "") throw new InvalidArgumentError(`${of}: ${name} is empty.`);
}
