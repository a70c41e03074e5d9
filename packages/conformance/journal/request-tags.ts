import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** The header that says within which work a request was sent. */
export const TAG_HEADER = "x-journal-tag";

const CHANNEL = "undici:request:create";

const tags = new AsyncLocalStorage<string>();

/** Runs something whose requests are to be known by a tag. */
export function withTag<T>(tag: string, work: () => Promise<T>): Promise<T> {
  return tags.run(tag, work);
}

/**
 * Lets every request of this process's `fetch` carry the tag that it was sent within, until disposed of. It is added below
 * `fetch`, so that nothing above can tell; and it is on requests without a token too, which name no user.
 */
export function tagRequests(): Disposable {
  const onCreate = (message: unknown): void => {
    const tag = tags.getStore();
    if (tag !== undefined && isCreated(message)) message.request.addHeader(TAG_HEADER, tag);
  };
  subscribe(CHANNEL, onCreate);
  return { [Symbol.dispose]: () => void unsubscribe(CHANNEL, onCreate) };
}

interface Created {
  request: { addHeader(name: string, value: string): void };
}

function isCreated(message: unknown): message is Created {
  return typeof message === "object" && message !== null && "request" in message;
}
