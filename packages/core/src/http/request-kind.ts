/** What a request is for; a middleware can tell by it. `rows` is all of Supabase but its auth server. */
export type RequestKind = "edge" | "events" | "upload" | "rows" | "auth" | "download";
