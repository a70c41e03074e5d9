/** What stands behind it is dropped: a message shows far less, and an expression is to end in time whatever came. */
const LONGEST = 8_192;

const LONGEST_WORD = 1_024;

const isOfWord = /[\w.~+/-]/;

/** Blanks whatever looks like a token, for messages and log lines. */
export function redact(text: string): string {
  return (
    beginning(text)
      // Also one that was cut by whoever sent it: what stands behind the first dot is the token's content.
      .replace(/\beyJ[\w-]{5,}(?:\.[\w-]*){0,2}/g, "[token]")
      // Passwords in a URL.
      .replace(/(\b[a-z][a-z\d+.-]{0,20}:\/\/)[^\s/?#"'<>]{1,512}@/gi, "$1[redacted]@")
      .replace(
        /\b(Bearer|access_token|refresh_token|code_verifier|apikey|password|token)(["']?\s{0,9}[:=]\s{0,9}["']?|\s{1,9}["'])[\w.~+/-]{8,}/gi,
        "$1$2[redacted]",
      )
      // Where only a blank stands between, it may be a word: a secret has a digit, or the 12 letters of a refresh token.
      .replace(/\b(Bearer|token) (?!answered\b)(?=[\w.~+/-]*\d|[a-z]{12}\b)[\w.~+/-]{8,}/gi, "$1 [redacted]")
  );
}

/** Without the word that the end cuts through, where it is one: half a secret is known by nothing. */
function beginning(text: string): string {
  if (text.length <= LONGEST) return text;
  let end = LONGEST;
  while (end > LONGEST - LONGEST_WORD && isOfWord.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
