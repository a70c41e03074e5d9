import type { Flowith, UserUploadRecord } from "flowith-webapi";
import type { Context } from "hono";
import { getMimeType } from "hono/utils/mime";
import * as v from "valibot";
import { GatewayError } from "../../errors.ts";
import type { GatewayEnv } from "../../gateway-env.ts";
import { formBody } from "../../http/form-body.ts";
import { ignoredHeader } from "../../http/ignored.ts";
import { validBody } from "../../http/valid-body.ts";
import { workOf } from "../../http/work.ts";
import { pageOf, pageQuery } from "../page.ts";
import { fileId, fileUrl, unknownFile } from "./file-id.ts";

const fileForm = v.object({
  file: v.instance(File, "A file is missing"),
  purpose: v.nullish(v.string()),
});

/** Of one file, as the service has it. */
const MOST_BYTES = 20 * 1024 * 1024;

/** `POST /v1/files`. */
export async function createFile(context: Context<GatewayEnv>): Promise<Response> {
  const client = clientOf(context);
  const { value, unknownFields } = await formBody(context, fileForm);
  const { file, purpose } = value;
  const { signal } = workOf(context);
  if (file.size > MOST_BYTES) {
    const message = `The file is larger than ${MOST_BYTES} bytes, which is the most that Flowith takes.`;
    throw new GatewayError({ status: 413, code: "file_too_large", message, param: "file" });
  }
  const { url } = await client.uploadFile(file, { filename: file.name, signal });
  const about = { url, name: file.name, createdAt: Date.now(), bytes: file.size, purpose: purpose ?? "user_data" };
  return context.json(fileBody(about), 200, ignoredHeader(unknownFields));
}

/** `GET /v1/files`. */
export async function listFiles(context: Context<GatewayEnv>): Promise<Response> {
  const client = clientOf(context);
  const { value: query } = validBody(context.req.query(), pageQuery("1000"));
  const records: UserUploadRecord[] = [];
  for await (const record of client.account.allUploads({ signal: workOf(context).signal })) records.push(record);
  const { page, ...rest } = pageOf(records.filter(hasAddress), query, ({ value }) => fileId(value));
  return context.json({ object: "list", data: page.map(recordBody), ...rest });
}

/** `GET /v1/files/:id`. */
export async function retrieveFile(context: Context<GatewayEnv>): Promise<Response> {
  return context.json(recordBody(await found(context)));
}

/** `GET /v1/files/:id/content`. Of the caller's own uploads alone: an id is an address that anybody can write. */
export async function fileContent(context: Context<GatewayEnv>): Promise<Response> {
  const { value, name } = await found(context);
  const { signal } = workOf(context);
  // Unasked, a page, JSON or XML is taken for a message in place of the file. By their names they are the files.
  const mimeType = getMimeType(name ?? "") ?? getMimeType(new URL(value).pathname);
  const body = await clientOf(context).media(value, { mimeType }).stream({ signal });
  return new Response(body, { headers: { "content-type": "application/octet-stream" } });
}

/** `DELETE /v1/files/:id`. */
export async function deleteFile(): Promise<Response> {
  const message = "Flowith has no request that deletes a file.";
  throw new GatewayError({ status: 404, code: "unsupported", message });
}

async function found(context: Context<GatewayEnv>): Promise<UploadWithAddress> {
  const client = clientOf(context);
  const id = context.req.param("id") ?? "";
  const url = fileUrl(id);
  for await (const record of client.account.allUploads({ signal: workOf(context).signal })) {
    if (record.value === url && hasAddress(record)) return record;
  }
  throw unknownFile(id);
}

type UploadWithAddress = UserUploadRecord & { value: string };

function hasAddress(record: UserUploadRecord): record is UploadWithAddress {
  return typeof record.value === "string" && URL.canParse(record.value);
}

function recordBody({ value, name, createdAt }: UploadWithAddress): Record<string, unknown> {
  const at = Date.parse(createdAt ?? "");
  return fileBody({
    url: value,
    name: name ?? "file",
    createdAt: Number.isNaN(at) ? 0 : at,
    bytes: 0,
    purpose: "user_data",
  });
}

interface AboutFile {
  url: string;
  name: string;
  createdAt: number;
  /** 0 where the service does not tell it, which it does not later. */
  bytes: number;
  purpose: string;
}

function fileBody({ url, name, createdAt, bytes, purpose }: AboutFile): Record<string, unknown> {
  const at = Math.floor(createdAt / 1000);
  return { id: fileId(url), object: "file", bytes, created_at: at, filename: name, purpose, status: "processed", url };
}

/** @throws GatewayError 400 by an API key: the developer API stores nothing */
function clientOf(context: Context<GatewayEnv>): Flowith {
  const backend = context.get("backend");
  if (backend.kind === "web") return backend.client;
  const message = "By an API key there are no files. By the web app's token there are.";
  throw new GatewayError({ status: 400, code: "unsupported_sign_in", message });
}
