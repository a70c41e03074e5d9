import type { Queryable } from "../../database/database.ts";
import { ApiError } from "../api-error.ts";
import type { Exchange } from "../context.ts";
import { validateEmail } from "../email-address.ts";
import { findFlowStateOfUser } from "../flow-state.ts";
import { hashOtp } from "../mail-token.ts";
import { completeMail, findUserByCode, findUserByLink, purposeOf } from "../mail-verification.ts";
import { oauthErrorWord } from "../oauth-error-words.ts";
import { validatePhone } from "../phone-number.ts";
import { redirectTarget } from "../redirects.ts";
import { type RequestBody, readBody } from "../request-body.ts";
import { jsonResponse, redirectResponse } from "../responses.ts";
import { startSession } from "../session.ts";
import { sessionFragment } from "../session-fragment.ts";
import { sqlTimestamp } from "../timestamp.ts";
import { withErrorFragment, withQuery } from "../url-encoding.ts";
import type { UserRow } from "../user.ts";

const invalid = (message: string) => new ApiError(400, "validation_failed", message);

/** The code for a flow that went through a mail. */
async function issueCode(db: Queryable, user: UserRow, type: string, now: number): Promise<string> {
  const flow = await findFlowStateOfUser(db, user.id, type);
  if (!flow?.auth_code) {
    const reason = "No associated flow state found. No valid flow state found for user.";
    throw new ApiError(400, "flow_state_not_found", reason);
  }
  await db.query("update auth.flow_state set auth_code_issued_at = $2 where id = $1", [flow.id, sqlTimestamp(now)]);
  return flow.auth_code;
}

function errorLocation(target: string, error: ApiError, isPkce: boolean): string {
  const word = oauthErrorWord(error.status);
  const parameters: [string, string][] = [
    ...(word === undefined ? [] : [["error", word] satisfies [string, string]]),
    ["error_code", error.code],
    ["error_description", error.message],
  ];
  return withErrorFragment(isPkce ? withQuery(target, parameters) : target, [...parameters, ["sb", ""]]);
}

/** The link of a mail: a redirect with a session, a code or an error. */
export async function verifyLink(exchange: Exchange): Promise<Response> {
  const { context, request, url, headers } = exchange;
  context.rateLimiter.check(request, "verify");
  const [type, token] = [url.searchParams.get("type") ?? "", url.searchParams.get("token") ?? ""];
  if (type === "") throw invalid("Verify requires a verification type");
  if (token === "") throw invalid("Verify requires a token or a token hash");
  const target = redirectTarget(exchange);
  const isPkce = token.startsWith("pkce_");
  if (isPkce && purposeOf(type) === undefined) throw new TypeError(`There is no authentication method ${type}.`);
  const now = context.clock.now();
  let location: string;
  try {
    location = await context.database.transaction(async (db) => {
      const user = await completeMail(db, type, await findUserByLink(db, type, token, now), now);
      if (isPkce) return withQuery(target, [["code", await issueCode(db, user, type, now)]]);
      const session = await startSession(context, db, user.id, "otp", headers);
      return `${target}#${sessionFragment(session, [["type", type]])}`;
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    location = errorLocation(target, error, isPkce);
  }
  return redirectResponse(request.method, 303, location, headers);
}

async function findUser(db: Queryable, type: string, body: RequestBody, now: number): Promise<UserRow> {
  const [token, tokenHash, email, phone] = ["token", "token_hash", "email", "phone"].map((field) => body.text(field));
  if (!token) {
    if (email || phone || body.text("redirect_to")) throw invalid("Only the token_hash and type should be provided");
    return findUserByLink(db, type, tokenHash ?? "", now);
  }
  if (phone && !email) {
    validatePhone(phone);
    // no message was ever sent to one
    throw new ApiError(403, "otp_expired", "Token has expired or is invalid");
  }
  if (!email || phone) throw invalid("Only an email address or phone number should be provided on verify");
  let address: string;
  try {
    address = validateEmail(email);
  } catch {
    throw new ApiError(422, "validation_failed", "Invalid email format");
  }
  return findUserByCode(db, type, address, hashOtp(address, token), now);
}

/** The code that a person typed, or the hash of a link. */
export async function verifyCode(exchange: Exchange): Promise<Response> {
  const { context, request, headers } = exchange;
  context.rateLimiter.check(request, "verify");
  const body = await readBody(request, "VerifyParams");
  const type = body.text("type");
  if (type === "") throw invalid("Verify requires a verification type");
  if ((body.text("token") === "") === (body.text("token_hash") === "")) {
    throw invalid("Verify requires either a token or a token hash");
  }
  const now = context.clock.now();
  const session = await context.database.transaction(async (db) => {
    const user = await findUser(db, type, body, now);
    if (purposeOf(type) === undefined) throw invalid("Unsupported verification type");
    await completeMail(db, type, user, now);
    return startSession(context, db, user.id, "otp", headers);
  });
  return jsonResponse(200, session, headers);
}
