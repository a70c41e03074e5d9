import { webBody } from "../bytes/web-body.ts";
import { ResponseShapeError } from "../errors/response-shape-error.ts";

/** What unpacks to more is no answer to any request of ours. */
const MOST_BYTES = 32 * 1024 * 1024;
/** An explanation is shorter. */
const MOST_REFUSAL_BYTES = 1024 * 1024;

/** A body as text, or its beginning. */
interface BodyText {
  text: string;
  isWhole: boolean;
}

/** The whole text of an answer. @throws ResponseShapeError where it has more than 32 MiB */
export async function answerText(response: Response, label: string, signal: AbortSignal): Promise<string> {
  const { text, isWhole } = await readText(response, label, signal, MOST_BYTES);
  if (isWhole) return text;
  throw new ResponseShapeError(`${label} answered with more than ${MOST_BYTES} bytes, and was read no further.`, {
    issues: [`answer: more than ${MOST_BYTES} bytes`],
    raw: undefined,
  });
}

/** The text of a refusal; of more than 1 MiB its beginning, since the status says most of it. */
export async function refusalText(response: Response, label: string, signal: AbortSignal): Promise<string> {
  return (await readText(response, label, signal, MOST_REFUSAL_BYTES)).text;
}

/** Counts the bytes as they are unpacked: 3 MB of gzip may be 800. */
async function readText(response: Response, label: string, signal: AbortSignal, mostBytes: number): Promise<BodyText> {
  // A stream that was read to its end would look like an empty one.
  if (response.bodyUsed) throw new TypeError("the body was read already, as by a middleware");
  if (isKnownToFit(response, mostBytes)) return { text: await response.text(), isWhole: true };
  const reader = webBody(response, label).getReader();
  // Deno needs the cancel as well: there a read that waits is not ended by the abort alone.
  const cancel = (): void => void reader.cancel(signal.reason).catch(() => undefined);
  signal.addEventListener("abort", cancel, { once: true });
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (let leftBytes = mostBytes; ; ) {
      const { done, value } = await reader.read();
      if (signal.aborted) throw signal.reason;
      if (done) return { text: text + decoder.decode(), isWhole: true };
      // A character that is cut in two is left out.
      text += decoder.decode(value.subarray(0, leftBytes), { stream: true });
      leftBytes -= value.byteLength;
      if (leftBytes >= 0) continue;
      cancel();
      return { text, isWhole: false };
    }
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

/**
 * Of a body that is not packed, its length says all; the platform then reads it at less cost than parts are read here. Of
 * another origin a page is not told whether a body is packed.
 */
function isKnownToFit({ headers, type, text }: Response, mostBytes: number): boolean {
  const length = headers.get("content-length");
  if (length === null || type !== "basic" || typeof text !== "function") return false;
  return headers.get("content-encoding") === null && Number(length) <= mostBytes;
}
