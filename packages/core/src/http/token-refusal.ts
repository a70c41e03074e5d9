import { isRecord } from "../wire/parse.ts";
import { mentionsKey } from "../wire/words.ts";

/** Of the auth server, of PostgREST and of RFC 6750, under whichever key. */
const codes =
  /^(bad_jwt|session_not_found|session_expired|no_authorization|invalid_token|token_expired|expired_token|PGRST30[0-3])$/;

/** What a JWT check speaks of, and how it says that it does not hold. */
const subject =
  /\bjw[st]|\b(token|signature|credentials|session)\b|\bauthenticated\b|\bclaim\b|\baudience\b|\bsegments\b|\bsuitable key\b/i;
const verdict =
  /\b(expired|invalid|malformed|missing|required|requires|revoked|rejected|refused|blacklisted|unverifiable|unrecognized|not authenticated|not enough|no longer|wrong|failed|empty)\b|\bnot (yet )?(valid|found|be verified)\b|\bcould not (be )?(verif|validat)|\bno (suitable|(access |auth |bearer )?token)\b|\bdoes not exist\b|\bused before\b|\bcheck failed\b|\bJWSInvalid/i;
/** What models read and write is counted in tokens too, and no sign-in gives more of them. */
const quota =
  /\b(allotment|allowance|allocation|amount|balance|budget|buy|capacity|count|credits?|exceeded|exhausted|left|limits?|month(ly)?|pack(age)?|plan|purchase|quota|remaining|subscription|top-?up|upgrade|usage)\b|-(plan|quota)\b|max_tokens/i;

/**
 * Whether an answer is about the access token (wire 5): 401, and 403 by a code or by the words of a JWT check. "You have
 * reached your monthly token limit" is about what a model may write: to renew the token and post again helps nobody.
 */
export function isTokenRefusal(status: number, body: unknown): boolean {
  if (status === 401) return !mentionsKey(status, body);
  if (status !== 403) return false;
  const said = texts(body);
  // 42501 is row-level security, whatever its words.
  if (said.includes("42501")) return false;
  if (said.some((text) => codes.test(text))) return true;
  const words = said.join(" ");
  return !quota.test(words) && subject.test(words) && verdict.test(words);
}

/** The texts of an answer that is no page, one level into what lies in it. */
function texts(body: unknown, depth = 0): string[] {
  if (typeof body === "string") return body.trimStart().startsWith("<") ? [] : [body.slice(0, 2_000)];
  if (depth > 1) return [];
  if (Array.isArray(body)) return body.slice(0, 5).flatMap((one) => texts(one, depth + 1));
  return isRecord(body) ? Object.values(body).flatMap((one) => texts(one, depth + 1)) : [];
}
