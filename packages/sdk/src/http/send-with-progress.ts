import { abortReason, throwIfAborted } from "@flowith-webapi/core/http";

/**
 * Sends a request by XMLHttpRequest, which tells how much of the body is on its way; `fetch` cannot. What comes of it is
 * as with `fetch` and `redirect: "manual"`: a failure is a TypeError, and a redirect an answer of status 0.
 */
export async function sendWithProgress(
  url: string,
  { method = "GET", headers, signal, body }: RequestInit,
  onSent: (sentBytes: number) => void,
): Promise<Response> {
  throwIfAborted(signal ?? undefined);
  const xhr = new XMLHttpRequest();
  xhr.open(method, url);
  xhr.responseType = "arraybuffer";
  for (const [name, value] of new Headers(headers)) xhr.setRequestHeader(name, value);
  const answer = new Promise<Response>((resolve, reject) => {
    const onAbort = (): void => {
      xhr.abort();
      reject(abortReason(signal ?? undefined));
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    xhr.upload.onprogress = ({ loaded }) => onSent(loaded);
    xhr.onload = () => resolve(isRedirected(xhr, url) ? Response.error() : responseOf(xhr));
    xhr.onerror = () => reject(new TypeError("Failed to send"));
    xhr.onloadend = () => signal?.removeEventListener("abort", onAbort);
  });
  // A page uploads Blobs alone; a middleware may have made a request without a body of it.
  xhr.send(body instanceof Blob ? body : null);
  return answer;
}

/** It follows by itself, and cannot be kept from it. */
function isRedirected({ responseURL }: XMLHttpRequest, url: string): boolean {
  return responseURL !== "" && responseURL !== new URL(url, location.href).href.replace(/#.*$/, "");
}

function responseOf(xhr: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const line of xhr.getAllResponseHeaders().split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const { status } = xhr;
  const isBodyless = status === 204 || status === 205 || status === 304;
  const body = isBodyless || !(xhr.response instanceof ArrayBuffer) ? null : xhr.response;
  return new Response(body, { status, statusText: xhr.statusText, headers });
}
