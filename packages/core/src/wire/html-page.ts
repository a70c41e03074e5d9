const STARTS = ["<!doctype html", "<html"];

/** Whether an answer says of itself that it is a page; undefined where it does not say what it is. */
export function isPageByType(headers: Headers): boolean | undefined {
  const type = headers.get("content-type")?.trim().toLowerCase();
  return type ? /^(text\/html|application\/xhtml\+xml)\b/.test(type) : undefined;
}

/**
 * Whether a text begins as a page does; undefined while it is too short to tell. Only for what does not say what it is:
 * a model may be asked for a page.
 */
export function isPageByStart(text: string): boolean | undefined {
  const start = text.trimStart().toLowerCase();
  if (STARTS.some((one) => start.startsWith(one))) return true;
  return STARTS.some((one) => one.startsWith(start)) ? undefined : false;
}
