/** What a request is for; a middleware can tell by it. */
export type RequestKind = "edge" | "events" | "upload" | "rows" | "auth" | "download";
