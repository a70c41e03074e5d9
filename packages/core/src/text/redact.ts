/** Blanks whatever looks like a token, for messages and log lines. */
export function redact(text: string): string {
  return (
    text
      .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[token]")
      .replace(
        /\b(Bearer|access_token|refresh_token|apikey|token)(["']?\s*[:=]\s*["']?|\s+["'])[\w.~+/-]{8,}/gi,
        "$1$2[redacted]",
      )
      // Where only a blank stands between, it may be a word: a secret has a digit, or the 12 letters of a refresh token.
      .replace(/\b(Bearer|token) (?!answered\b)(?=[\w.~+/-]*\d|[a-z]{12}\b)[\w.~+/-]{8,}/gi, "$1 [redacted]")
  );
}
