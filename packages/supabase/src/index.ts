export { createBackend, lazyRowsClient } from "./create-backend.ts";
export type { Database } from "./database.types.ts";
export type { RowsClient } from "./rows-client.ts";
