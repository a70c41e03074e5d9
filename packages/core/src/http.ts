// The second entry, `@flowith-webapi/core/http`: what makes requests and reads their answers, below the client, and what other
// packages of this project need besides. The build shares its classes with the first entry, so that `instanceof` holds
// across both.

export { bytesOf } from "./bytes/bytes-of.ts";
export { nameOfDownload, splitExtension } from "./bytes/file-name.ts";
export { mimeTypeOfBytes, SIGNATURE_BYTES } from "./bytes/file-signatures.ts";
export { isByteStream } from "./bytes/is-byte-stream.ts";
export { extensionForMimeType, mimeTypeOf } from "./bytes/mime-types.ts";
export { isResponse } from "./bytes/source-shapes.ts";
export { webBody } from "./bytes/web-body.ts";
export { partsOfStream } from "./bytes/whole-stream.ts";
export * from "./errors/index.ts";
export { type EventSink, readEvents } from "./events/read-events.ts";
export { isUrl } from "./files/source-url.ts";
export { AuthorizedClient, type AuthorizedRequest, type TokenSource } from "./http/authorized-client.ts";
export { type DownloadOptions, type MediaDownload, openDownload } from "./http/download.ts";
export type { FetchLike, Middleware, SendWithProgress } from "./http/middleware.ts";
export { repeatAfter } from "./http/repeat-after.ts";
export type { Repeat } from "./http/repeat-rules.ts";
export type { HttpRequest, RepeatPolicy } from "./http/request.ts";
export type { RequestKind } from "./http/request-kind.ts";
export { type OpenResponse, type TextResponse, Transport, type TransportOptions } from "./http/transport.ts";
export type { BatchJob, BatchJobs } from "./kinds/batch-jobs.ts";
export type { GeneratedImage, GeneratedMedia, GeneratedVideo, MediaTools } from "./media/generated-media.ts";
export type { MediaSaver, SavedMedia, SaveOptions, SaveTarget } from "./media/save-port.ts";
export { checkedOptions, type OptionKind } from "./options/checked-options.ts";
export type { Limits } from "./options/limits.ts";
export { excerpt } from "./text/excerpt.ts";
export { randomUuid } from "./text/random-uuid.ts";
export { abortReason, throwIfAborted } from "./timing/abort.ts";
export { delay } from "./timing/delay.ts";
export { type LinkedAbort, linkedAbort } from "./timing/linked-abort.ts";
export { now } from "./timing/now.ts";
export { withSignal } from "./timing/with-signal.ts";
