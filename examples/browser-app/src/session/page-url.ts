/** The address of a page of this app, wherever it is served. */
export function pageUrl(name = ""): string {
  return new URL(import.meta.env.BASE_URL + name, location.origin).href;
}
