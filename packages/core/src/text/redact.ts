/** Blanks whatever looks like a token, for messages and log lines. */
export function redact(text: string): string {
  return text
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[token]")
    .replace(
      /\b(Bearer|access_token|refresh_token|apikey|token)(["']?\s*[:= ]\s*["']?)(?!answered\b)[\w.~+/-]{8,}/gi,
      "$1$2[redacted]",
    );
}
