import type { FlowithError } from "flowith-webapi";
import { inFlags, withoutVerb } from "./sdk-names.ts";

/** An error of the SDK in words for who types commands. */
export interface TerminalWords {
  message: string;
  /** What to do about it, where the SDK says it in terms of its methods and options. */
  hint: string | undefined;
  /** Whether the job may be at work though its start failed. */
  mayBePaid: boolean;
}

interface Advice {
  /** A whole sentence of the SDK's; it is left out, and the hint stands for it. */
  sentence: RegExp;
  /** What is said in its place within the message. */
  says?: string;
  hint?: (named: string, id: string | undefined) => string | undefined;
}

const settings: Readonly<Record<string, string>> = {
  edgeUrl: "--edge-url (FLOWITH_EDGE_URL)",
  supabaseUrl: "--supabase-url (FLOWITH_SUPABASE_URL)",
  supabaseKey: "--supabase-key (FLOWITH_SUPABASE_KEY)",
};

const MAY_BE_PAID = /^The job may be at work all the same, and be paid for: wait for it with resume\(/;

const ofNetwork: readonly Advice[] = [
  { sentence: /^Raise timeout\.\w+ if that is expected\.$/ },
  { sentence: /^Pass a fetch with a dispatcher whose \w+ is longer/ },
  { sentence: /^The network was not asked: this is of the fetch in use\.$/ },
  { sentence: /^Pass a fetch whose answers stream\.$/ },
  {
    sentence: /^Check the network and the (\w+) option\.$/,
    hint: (option) => `Check the network, and ${settings[option] ?? "the address"} where it is set.`,
  },
  { sentence: /^Check the (\w+) option\.$/, hint: (option) => `Check ${settings[option] ?? "the settings"}.` },
  { sentence: MAY_BE_PAID },
];

/** What is said where there is no session at all. */
export const NOBODY = "Nobody is signed in.";

const ofSession: readonly Advice[] = [
  { sentence: /^No token was given\.$/, says: NOBODY },
  { sentence: /^Pass .*\bsign in\b.*\.$/ },
  { sentence: /^Pass userId\.$/, hint: () => "Set FLOWITH_USER_ID." },
  {
    sentence: /^If it is a refresh token, pass it as refreshToken\.$/,
    hint: () => "If it is a refresh token, it belongs into FLOWITH_REFRESH_TOKEN.",
  },
  {
    sentence: /^It is an access token: pass it as token\.$/,
    says: "It is an access token, which FLOWITH_TOKEN takes.",
  },
  {
    sentence: /^The options "token" and "userId" name two users: .*$/,
    says: "FLOWITH_TOKEN and FLOWITH_USER_ID name two users.",
  },
  { sentence: /^Leave userId out, or pass that user's token\.$/, hint: () => "Take FLOWITH_USER_ID out." },
];

const ofJobs: readonly Advice[] = [
  {
    sentence: /^Start it anew, and take its handle from the store with discard\(\)\.$/,
    hint: (_, id) => `Begin it anew.${id === undefined ? "" : ` \`flowith jobs rm ${id}\` forgets this one.`}`,
  },
  { sentence: /^Read error\.partial, or (?:generate|ask) again\.$/, hint: () => "Ask again for all of it." },
  {
    sentence: /^Choose another model, or pass validate: "off" to send it all the same\.$/,
    hint: () => "Choose another model: `flowith models ID` shows what one can do.",
  },
];

const ofFiles: readonly Advice[] = [
  {
    sentence: /^Flowith takes 20 MiB; raise maxBytes of uploadFile if yours takes more\.$/,
    says: "Flowith takes 20 MiB.",
  },
  {
    sentence: /^conversations\.nodes\(\) lists them\.$/,
    hint: () => "`flowith conversations tree ID` shows its nodes.",
  },
];

const advices = [...ofNetwork, ...ofSession, ...ofJobs, ...ofFiles];

/**
 * The SDK ends its messages with what a programmer can do: that is taken out by whole sentences, and said in terms of flags,
 * variables and commands. What happened stays as it was told.
 */
export function terminalWords(error: FlowithError): TerminalWords {
  const id = error.handle?.userNodeId;
  const hints: string[] = [];
  const said: string[] = [];
  const sentences = error.message.split(/(?<=[.!?]) (?=[A-Z])/);
  for (const sentence of sentences) {
    const advice = advices.find((one) => one.sentence.test(sentence));
    const [, named = ""] = advice?.sentence.exec(sentence) ?? [];
    const hint = advice?.hint?.(named, id);
    if (hint !== undefined) hints.push(hint);
    const words = advice === undefined ? sentence : advice.says;
    if (words !== undefined) said.push(words);
  }
  const message = withoutVerb(said.join(" "));
  return {
    message: error.code === "invalid_argument" ? inFlags(message) : message,
    hint: hints.length === 0 ? undefined : hints.join(" "),
    mayBePaid: sentences.some((sentence) => MAY_BE_PAID.test(sentence)),
  };
}
