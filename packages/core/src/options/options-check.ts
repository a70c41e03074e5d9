import * as v from "valibot";
import { isMimeType } from "../bytes/mime-types.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { describeIssue, kindOf, whatIsWrong } from "./describe-issue.ts";
import {
  anything,
  callable,
  count,
  filledText,
  flag,
  headers,
  httpUrl,
  jsonFields,
  milliseconds,
  port,
  seconds,
  signal,
  text,
  uuid,
} from "./option-values.ts";

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
  extraBody: v.optional(jsonFields),
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
  durationSeconds: v.optional(seconds),
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

const logLevel = v.picklist(["debug", "info", "warn", "error", "silent"]);

/** What a conversation session decides by itself. */
const place = {
  convId: v.optional(uuid),
  parentId: v.optional(uuid),
  messages: v.optional(v.array(message)),
};

const schemas: Record<CheckedCall, v.StrictObjectSchema<v.ObjectEntries, undefined>> = {
  Flowith: v.strictObject({
    token: v.optional(text),
    refreshToken: v.optional(text),
    userId: v.optional(filledText),
    store: v.optional(port("load", "save", "clear")),
    verifierStore: v.optional(port("get", "set", "delete")),
    jobStore: v.optional(port("put", "delete", "list")),
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
    logger: v.optional(port("debug", "info", "warn", "error")),
    logLevel: v.optional(logLevel),
    waitUntil: v.optional(callable),
  }),
  call: v.strictObject(call),
  wait: v.strictObject({ ...call, onProgress: v.optional(callable) }),
  generate: v.strictObject({ ...turn, ...place, system: v.optional(filledText), direct: v.optional(flag) }),
  generateImage: v.strictObject({ ...imageTurn, ...place }),
  generateVideo: v.strictObject({ ...videoTurn, convId: place.convId, parentId: place.parentId }),
  startConversation: v.strictObject({
    convId: place.convId,
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

/**
 * @param label the call as its user knows it, where several take the same options
 * @throws InvalidArgumentError that names the option and what is wrong with it, before any request is made
 */
export function checkOptions(of: CheckedCall, options: unknown, label: string = of): void {
  checkAgainst(label, schemas[of], options);
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
  if (where === null) throw new InvalidArgumentError(`${of}: options: ${whatIsWrong(issue)}.`);
  if (isUnknownKey(issue)) {
    const known = where.includes(".") ? "" : ` Known options: ${Object.keys(schema.entries).join(", ")}.`;
    throw new InvalidArgumentError(`${of}: there is no option "${where}".${known}`);
  }
  if (isMissingKey(issue)) throw new InvalidArgumentError(`${of}: option "${where}" is missing.`);
  throw new InvalidArgumentError(`${of}: option "${where}": ${whatIsWrong(issue)}.`);
}

/** An object's own complaint about a key has the key as its path; about the whole, as of any other type, it has not. */
function isUnknownKey({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === "strict_object" && expected === "never";
}

function isMissingKey({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === "strict_object" && expected?.startsWith('"') === true;
}

/** @throws InvalidArgumentError */
export function checkLogLevel(of: string, level: unknown): void {
  const result = v.safeParse(logLevel, level);
  if (!result.success) throw new InvalidArgumentError(`${of}: level: ${whatIsWrong(result.issues[0])}.`);
}

/** @throws InvalidArgumentError that says which message is wrong */
export function checkMessages(of: string, messages: unknown): void {
  const result = v.safeParse(v.array(message), messages);
  if (!result.success) throw new InvalidArgumentError(`${of}: messages: ${describeIssue(result.issues[0])}.`);
}

/** @throws InvalidArgumentError */
export function checkPrompt(of: string, prompt: unknown): void {
  checkText(of, "the prompt", prompt);
}

/** @throws InvalidArgumentError that does not show the value, which may be a secret */
export function checkText(of: string, name: string, value: unknown): void {
  if (typeof value !== "string")
    throw new InvalidArgumentError(`${of}: ${name} must be a string, not ${kindOf(value)}.`);
  if (value.trim() === "") throw new InvalidArgumentError(`${of}: ${name} is empty.`);
}
