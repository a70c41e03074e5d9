export { createBackend } from "./create-backend.ts";
export type { Database } from "./database.types.ts";
