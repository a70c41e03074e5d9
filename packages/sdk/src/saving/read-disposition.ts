import { parse } from "content-disposition";

/** The `filename` of a `Content-Disposition` header, for uploads from URLs and for what is saved. */
export function readDisposition(header: string): unknown {
  return parse(header).parameters.filename;
}
