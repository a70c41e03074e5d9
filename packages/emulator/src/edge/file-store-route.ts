import { invalid, json, refusal } from "../http/answers.ts";
import type { EdgeContext } from "./edge-context.ts";
import { readForm } from "./read-form.ts";

/** The official command line stops at this size; nothing is known of the server's own limit. */
const maxBytes = 20 * 1024 * 1024;

/** `POST /file/store`: keeps a file, notes it in `user_upload_records` and says where it is. */
export async function storeFile(context: EdgeContext, userId: string, request: Request): Promise<Response> {
  const form = await readForm(request);
  if (form === undefined) {
    return invalid([{ loc: ["body"], msg: "Expected multipart/form-data", type: "multipart_invalid" }]);
  }
  const file = form.get("file");
  if (!(file instanceof File)) return invalid([{ loc: ["body", "file"], msg: "Field required", type: "missing" }]);
  if (file.size > maxBytes) return refusal(413, "The file is larger than 20 MB", "file_too_large");
  const name = file.name === "" ? "file" : file.name;
  const type = form.get("type");
  const url = context.files.put({
    name,
    ownerId: userId,
    contentType: file.type === "" ? "application/octet-stream" : file.type,
    bytes: new Uint8Array(await file.arrayBuffer()),
  });
  await context.database.query(
    "insert into public.user_upload_records (user_id, value, name, type) values ($1::uuid, $2, $3, $4)",
    [userId, url, name, typeof type === "string" ? type : (name.match(/\.([^.]+)$/)?.[1] ?? "bin")],
  );
  return json({ url }, 201);
}
