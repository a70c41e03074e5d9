/** Something that is known of the developer API, and what shows that the SDK holds to it. */
export interface DeveloperFact {
  /** What wire 9 says; an endpoint stands as it does there. */
  fact: string;
  /** As wire.md marks how sure a fact is; none where it does not. */
  sure: "B" | "C" | "F" | "F/C" | undefined;
  /** Ids of cases, without their group. */
  cases: readonly [string, ...string[]];
}

const KEY = "any other key is sent, one that is refused says what to do, and none is asked for";
const SEARCH = "a search answers out of the knowledge base, with the passages that the answer stands on";
const FORMS = "texts of a search are read whether each is a delta, the whole so far, or one whole, with either end";
const WHOLE = "a whole JSON answer of a search is read as well, and so is its older path";
const CHAT = "a chat answers, with its model, the reason of its end and its usage";
const REASONING = "a chat streams text and reasoning apart, whatever field the reasoning stands in";
const TOOLS = "calls of tools are joined from their deltas, and answered in the next request";
const CUT_CALL = "a call of a tool that is cut short is an error, and never half a call";
const UNKNOWN_TOOL = "a call of a tool that was not offered can be answered, with the calls beside it";
const DRESSED = "a chat and a search are read whole with comments, ids, CRLF and data in several lines";
const EMPTY = "an empty answer with stop is an error that can be retried, never an empty success";
const MIDWAY = "an error in the middle of a chat is thrown with what had come";
const SILENT = "a silent chat ends by the limit that it passes, before its first byte and after it";
const NOT_FOUND = "a 404 of the chat says what is known of it, and a model that is not there is a ValidationError";
const PICTURE = "a picture comes in one request, with what it cost, and can be read";
const CLIP = "a clip is a task that is waited for with progress, and taken up by its handle as JSON";
const SOUND = "music is an audio file, and a 3D model a binary glTF";
const FAILED = "a task that fails is a JobFailedError, and failures of the questions about it pass";
const LENGTHS = "prompts, lyrics and URLs that the service would refuse are refused before credits are spent";
const MODELS = "models of pictures and clips are read from whatever list comes";
const CREDITS = "credits are spent in their own unit, and 402 and 429 are errors of their own";
const BILLED = "what is billed is posted once, whatever its answer";

/** The facts of wire 9, row by row. */
export const developerFacts: readonly DeveloperFact[] = [
  { fact: "a key goes as a bearer, and begins with flo_ or flo-", sure: undefined, cases: [SEARCH, KEY] },
  { fact: "credits are of a larger unit", sure: undefined, cases: [CREDITS] },
  { fact: "POST /external/use/llm", sure: "B", cases: [CHAT] },
  { fact: "llm: models is an array of ids", sure: "B", cases: [CHAT] },
  {
    fact: "llm: thinking, thinking_budget_tokens, online, max_tokens, temperature, top_p, stop",
    sure: "B",
    cases: [CHAT, REASONING],
  },
  { fact: "llm: tools and tool_choice; tool_calls whole and in deltas", sure: "B", cases: [TOOLS, UNKNOWN_TOOL] },
  {
    fact: "llm: chunks of data:, then [DONE]",
    sure: "B",
    cases: [REASONING, DRESSED, "a chat that is cut, or ends without its mark, is a truncation with what had come"],
  },
  { fact: "llm: an error in the middle of a stream", sure: "B", cases: [MIDWAY] },
  { fact: "llm: reasoning_content, reasoning, thinking, or blocks of type thinking", sure: "B", cases: [REASONING] },
  { fact: "llm: 404 for every model", sure: "C", cases: [NOT_FOUND] },
  { fact: "POST /external/use/knowledge-base/seek", sure: "B", cases: [SEARCH] },
  {
    fact: "seek: messages of user and assistant only; kb_list may be left out",
    sure: "B",
    cases: ["wrong questions, ids and options of a search are refused before any request", FORMS],
  },
  { fact: "seek: the whole answer is one final", sure: "B", cases: [WHOLE] },
  {
    fact: "seek: searching, seeds, final",
    sure: "B",
    cases: ["a streamed search tells its phases, and its deltas joined are the text"],
  },
  { fact: "seek: final is a delta, or the whole text; [DONE] as a final, or bare", sure: "B", cases: [FORMS] },
  { fact: "seek: the content type may be text/plain", sure: "B", cases: [WHOLE] },
  { fact: "POST /external/use/seek-knowledge", sure: "F", cases: [WHOLE] },
  { fact: "POST /external/use/seek-knowledge/seek", sure: "F", cases: [WHOLE] },
  {
    fact: "GET /external/use/knowledge-base/models",
    sure: "B",
    cases: ["the models that can answer a search are a list of ids"],
  },
  { fact: "POST /external/use/image/generate", sure: "F/C", cases: [PICTURE] },
  { fact: "POST /external/use/video/generate", sure: "F/C", cases: [CLIP] },
  { fact: "GET /external/use/video/status", sure: "F/C", cases: [CLIP, FAILED] },
  { fact: "POST /external/use/music/generate", sure: "F/C", cases: [SOUND] },
  { fact: "music: the lengths of prompt and lyrics", sure: "F/C", cases: [LENGTHS] },
  { fact: "POST /external/use/3d/generate", sure: "F/C", cases: [SOUND] },
  { fact: "GET /external/use/image/models", sure: "F/C", cases: [MODELS] },
  { fact: "GET /external/use/video/models", sure: "F/C", cases: [MODELS] },
  { fact: "errors: 400, 401, 402, 429, 500", sure: undefined, cases: [CREDITS, KEY, BILLED] },
  { fact: "a first byte may take 83 s, and a stream that is silent for 240 s is dead", sure: "C", cases: [SILENT] },
  {
    fact: "200 with an empty answer",
    sure: "C",
    cases: [
      EMPTY,
      "a search without a word is an error that can be retried, and one that fails midway has its partial",
    ],
  },
  { fact: "a small max_tokens cuts tool calls short", sure: "C", cases: [CUT_CALL] },
];
