import { isStorable } from "../database/storable.ts";
import { invalid, json } from "../http/answers.ts";
import type { EdgeContext } from "./edge-context.ts";
import { readForm, tooLarge } from "./read-form.ts";

/** The official command line stops at this size; nothing is known of the server's own limit. */
const maxBytes = 20 * 1024 * 1024;

/** What a form may have beside the file: headers of its parts, and the field `type`. */
const aroundBytes = 64 * 1024;

/** `POST /file/store`: keeps a file, notes it in `user_upload_records` and says where it is. */
export async function storeFile(context: EdgeContext, userId: string, request: Request): Promise<Response> {
  const form = await readForm(request, maxBytes + aroundBytes);
  if (!form.ok) return form.response;
  const file = form.value.get("file");
  if (!(file instanceof File)) return invalid([{ loc: ["body", "file"], msg: "Field required", type: "missing" }]);
  if (file.size > maxBytes) return tooLarge();
  const name = file.name === "" ? "file" : file.name;
  const told = form.value.get("type");
  const type = typeof told === "string" ? told : (name.match(/\.([^.]+)$/)?.[1] ?? "bin");
  if (!isStorable(name) || !isStorable(type)) {
    return invalid([
      { loc: ["body", "file"], msg: "The name holds a character that cannot be kept", type: "value_error" },
    ]);
  }
  const url = context.files.put({
    name,
    ownerId: userId,
    // it becomes a header of the file's own answer
    contentType: /^[\x20-\x7e]+$/.test(file.type) ? file.type : "application/octet-stream",
    bytes: new Uint8Array(await file.arrayBuffer()),
  });
  try {
    await context.database.query(
      "insert into public.user_upload_records (user_id, value, name, type) values ($1::uuid, $2, $3, $4)",
      [userId, url, name, type],
    );
  } catch (error) {
    context.files.remove(url);
    throw error;
  }
  return json({ url }, 201);
}
