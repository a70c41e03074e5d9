// By `RequestInit`, which Node's types have as well: `BodyInit` and `RequestRedirect` are names of the DOM library alone, and
// our declarations have to hold without it.

/** What a request can send. */
export type RequestBody = NonNullable<RequestInit["body"]>;

/** How `fetch` treats a redirect. */
export type RedirectMode = NonNullable<RequestInit["redirect"]>;
