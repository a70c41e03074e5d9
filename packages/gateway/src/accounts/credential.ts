/** What a client gives as its API key: as a bearer, as OpenAI's do, or in the header of Anthropic's. */
export function credentialOf(headers: Headers): string | undefined {
  const [, bearer] = /^bearer\s+(.+)$/i.exec(headers.get("authorization")?.trim() ?? "") ?? [];
  return bearer ?? (headers.get("x-api-key")?.trim() || undefined);
}
