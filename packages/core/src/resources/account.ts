import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { EdgeClient } from "../http/edge-client.ts";
import type { PortCall, PortCalls } from "../http/port-calls.ts";
import { valueThat } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall } from "../options/options-check.ts";
import type { AccountPort, PageQuery } from "../rows/ports.ts";
import type { SessionManager } from "../session/session-manager.ts";
import { jsonFault } from "../text/nul-fault.ts";
import { nullishText } from "../wire/fields.ts";
import { isRecord, parseAnswer } from "../wire/parse.ts";
import { parseRecords } from "../wire/records.ts";
import {
  readProfile,
  readSubscription,
  readUpload,
  type SubscriptionUserOwn,
  type UserProfile,
  type UserUploadRecord,
} from "./account-records.ts";
import { checkUuid, pageEntries } from "./check-arguments.ts";
import { type CreditBalance, creditBalance, readCredits, type UserCredits } from "./credits.ts";
import { keysetPages, PAGE_ROWS } from "./keyset-pages.ts";
import { found } from "./not-found.ts";
import { ownUserId } from "./own-user-id.ts";

/** Which page of the stored files to give. */
export interface UploadListOptions extends CallOptions {
  /** 1 to 1000; default 12. */
  limit?: number | undefined;
  /** Default 0. */
  offset?: number | undefined;
}

/** Which subscriptions to give. */
export interface SubscriptionOptions extends CallOptions {
  /** The time that they are valid at, as a `Date` or in ISO 8601. Default: now. */
  at?: Date | string | undefined;
}

/** Columns to change; the service knows which there are. */
export interface UserProfileFields {
  language?: string | undefined;
  [column: string]: unknown;
}

const creditTypeSchema: v.GenericSchema<unknown, { credit_type?: string | null | undefined }> = v.looseObject({
  credit_type: nullishText,
});

/** The user's own account. Wrong arguments are an `InvalidArgumentError` before any request. */
export class Account {
  readonly #port: AccountPort;
  readonly #calls: PortCalls;
  readonly #edge: EdgeClient;
  readonly #session: SessionManager;

  constructor(port: AccountPort, calls: PortCalls, edge: EdgeClient, session: SessionManager) {
    this.#port = port;
    this.#calls = calls;
    this.#edge = edge;
    this.#session = session;
  }

  /**
   * The grants of credits that the user has.
   * @throws ResponseShapeError when a quota is no number
   * @example
   * for (const grant of await flowith.account.credits()) console.log(grant.subType, grant.remainQuota);
   */
  async credits(options: CallOptions = {}): Promise<UserCredits[]> {
    checkCall("account.credits", options);
    const answer = await this.#edge.json("GET", "/user/credits", options);
    return parseRecords(readCredits, answer, "GET /user/credits");
  }

  /**
   * What is left to spend: the sum of all grants, and the plan of the largest one.
   * @throws ResponseShapeError when a quota is no number
   * @example
   * const { remainQuota, mainPlan } = await flowith.account.balance();
   */
  async balance(options: CallOptions = {}): Promise<CreditBalance> {
    checkCall("account.balance", options);
    return creditBalance(await this.credits(options));
  }

  /**
   * The kind of the user's credits, such as `pro`; undefined where the service does not say.
   * @example
   * const kind = await flowith.account.creditType();
   */
  async creditType(options: CallOptions = {}): Promise<string | undefined> {
    checkCall("account.creditType", options);
    const answer = await this.#edge.json("GET", "/user/credit_type", options);
    if (typeof answer === "string") return answer;
    return parseAnswer(creditTypeSchema, answer, "GET /user/credit_type").credit_type ?? undefined;
  }

  /**
   * A user's profile; by default that of the session's user.
   * @throws NotFoundError where there is none, or this user cannot see it
   * @example
   * const { language } = await flowith.account.profile();
   */
  async profile(userId?: string | undefined, options: CallOptions = {}): Promise<UserProfile> {
    if (userId !== undefined) checkUuid("account.profile", "userId", userId);
    checkCall("account.profile", options);
    const id = userId ?? (await ownUserId("account.profile", this.#session, options));
    const answer = await this.#calls.run(options, (call) => this.#port.profile(id, call));
    return found(parseRecords(readProfile, answer, "GET /rest/v1/user_profile"), `The profile of user ${id}`);
  }

  /**
   * Changes columns of the user's own profile. Without any it only reads it.
   * @throws NotFoundError where there is no profile; APIError for a column that does not exist
   * @example
   * await flowith.account.updateProfile({ language: "pl" });
   */
  async updateProfile(fields: UserProfileFields, options: CallOptions = {}): Promise<UserProfile> {
    if (!isRecord(fields)) throw new InvalidArgumentError("account.updateProfile: fields must be an object.");
    const fault = jsonFault(fields);
    if (fault !== undefined) throw new InvalidArgumentError(`account.updateProfile: fields: ${fault}.`);
    checkCall("account.updateProfile", options);
    const changes = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    if (Object.keys(changes).length === 0) return this.profile(undefined, options);
    const id = await ownUserId("account.updateProfile", this.#session, options);
    const update = (call: PortCall): Promise<unknown> => this.#port.updateProfile(id, changes, call);
    const answer = await this.#calls.run(options, update, { repeat: "safe" });
    return found(parseRecords(readProfile, answer, "PATCH /rest/v1/user_profile"), `The profile of user ${id}`);
  }

  /**
   * One page of the files that the user has stored, newest first.
   * @example
   * const [newest] = await flowith.account.uploads({ limit: 1 });
   */
  async uploads(options: UploadListOptions = {}): Promise<UserUploadRecord[]> {
    checkCall("account.uploads", options, pageEntries);
    const { limit = 12, offset = 0 } = options;
    return this.#uploads(options, { limit, offset });
  }

  /**
   * All files that the user has stored, newest first, each page asked for when it is needed.
   * @example
   * for await (const { name, value } of flowith.account.allUploads()) console.log(name, value);
   */
  allUploads(options: CallOptions = {}): AsyncGenerator<UserUploadRecord, undefined> {
    checkCall("account.allUploads", options);
    return keysetPages(
      (after) => this.#uploads(options, { limit: PAGE_ROWS, after }),
      ({ createdAt, recordId }) => ({ at: createdAt ?? null, id: recordId }),
      options.signal,
    );
  }

  /**
   * The user's subscriptions that are valid at a time, the one that ends last in front.
   * @throws InvalidArgumentError for what is no date
   * @example
   * const [current] = await flowith.account.subscriptions();
   */
  async subscriptions(options: SubscriptionOptions = {}): Promise<SubscriptionUserOwn[]> {
    checkCall("account.subscriptions", options, { at: v.optional(time) });
    const at = new Date(options.at ?? Date.now()).toISOString();
    const answer = await this.#calls.run(options, (call) => this.#port.subscriptions(at, call));
    return parseRecords(readSubscription, answer, "GET /rest/v1/subscription_user_own");
  }

  async #uploads(options: CallOptions, page: PageQuery): Promise<UserUploadRecord[]> {
    const userId = await ownUserId("account.uploads", this.#session, options);
    const answer = await this.#calls.run(options, (call) => this.#port.uploads({ userId, ...page }, call));
    return parseRecords(readUpload, answer, "GET /rest/v1/user_upload_records");
  }
}

const time = valueThat("a Date or a time in ISO 8601", (value) =>
  value instanceof Date || (typeof value === "string" && isIsoText(value)) ? isDate(new Date(value)) : false,
);

function isDate(date: Date): boolean {
  return !Number.isNaN(date.getTime());
}

/** `Date.parse` alone takes nearly any text that has a number in it, and the 30th of February for the 2nd of March. */
function isIsoText(text: string): boolean {
  const day = /^(\d{4}-\d{2}-\d{2})(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text)?.[1];
  const midnight = new Date(`${day}T00:00Z`);
  return day !== undefined && isDate(midnight) && midnight.toISOString().startsWith(day);
}
