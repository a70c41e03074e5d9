const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Any version: the service only asks for the form. */
export function isUuid(text: string): boolean {
  return pattern.test(text);
}
