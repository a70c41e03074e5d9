import type { SentRequest } from "../requirements/journal/sent-request.ts";

interface Timed {
  isOne(request: SentRequest, caseId: string): boolean;
  /** Noted once for each case, or once for all cases together, however often it was sent. */
  onceIn: "case" | "run";
  /** Why how often it is sent, or by which case, is a matter of time. */
  reason: string;
}

/** Requests whose number says nothing about the SDK. That they are sent, and in which form, is noted all the same. */
const TIMED: readonly Timed[] = [
  {
    isOne: ({ method, path }) => method === "GET" && path.startsWith("/user_stream/"),
    onceIn: "case",
    reason: "A stream that broke is opened again until it stays, or until its job ends.",
  },
  {
    isOne: ({ method, path, query }) =>
      method === "GET" && path === "/rest/v1/flow_node" && /^in\.|\bid\.in\./.test(query.id ?? query.or ?? ""),
    onceIn: "run",
    reason:
      "Rows are asked for while a job is in doubt, in one request for all jobs that are due at the moment; when the event that takes the doubt away comes first, they are not.",
  },
  {
    isOne: ({ path }, caseId) => path === "/auth/v1/token" && caseId.startsWith("auth: two clients on one store"),
    onceIn: "case",
    reason:
      "Of two clients that refresh at the same moment, the second finds what the first has stored, or is too early.",
  },
];

export function onceIn(request: SentRequest, caseId: string): "case" | "run" | undefined {
  return TIMED.find(({ isOne }) => isOne(request, caseId))?.onceIn;
}
