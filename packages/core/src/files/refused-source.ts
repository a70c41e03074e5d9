import { bytesOf } from "../bytes/bytes-of.ts";
import { isGeneration } from "../bytes/source-shapes.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { excerpt } from "../text/excerpt.ts";
import { furtherKey, isPlain } from "./path-source.ts";

/** Says what the source seems to be, and what to pass in its place. */
export function refusedSource(source: unknown, label: string): InvalidArgumentError {
  return new InvalidArgumentError(`${label}: ${complaint(source)}`);
}

function complaint(source: unknown): string {
  if (typeof source === "object" && source !== null) {
    if (isGeneration(source))
      return "a generation is no file. Pass its text, as new Blob([(await stream.output).text]).";
    if (isRequest(source)) return "a Request is no file. Pass its body: request.body.";
    const field = fieldOfForm(source);
    if (field !== undefined) return `a form parser's file is no source. Pass what it holds: ${field}.`;
    const further = isPlain(source) && "path" in source ? furtherKey(source) : undefined;
    if (further !== undefined)
      return `{ path } takes no "${excerpt(further)}". Its name and type are options of uploadFile.`;
  }
  return "the source must be a path, URL, Blob, File, bytes, ReadableStream, Response, async iterable of bytes or { path }.";
}

/** What multer and formidable make of an uploaded file holds its bytes, or its path. */
function fieldOfForm(source: object): string | undefined {
  if ("filepath" in source) return "{ path: file.filepath }";
  return "buffer" in source && bytesOf(source.buffer) !== undefined ? "file.buffer" : undefined;
}

function isRequest(source: object): boolean {
  return "method" in source && "bodyUsed" in source;
}
