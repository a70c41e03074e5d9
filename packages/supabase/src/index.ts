export { createBackend } from "./create-backend.ts";
export type { Database } from "./database.types.ts";
export type { Rows } from "./rows.ts";
