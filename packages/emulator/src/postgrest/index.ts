export { createPostgrest, type Postgrest, type PostgrestOptions } from "./postgrest.ts";
