import { assert } from "chai";
import type { KnowledgeChunk, KnowledgeStream } from "flowith-webapi/developer";
import { answering } from "../answering.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const SEEK = "POST /external/use/knowledge-base/seek";
const SEEK_PATH = "/external/use/knowledge-base/seek";

const FERRY = {
  title: "Ferry.md",
  text: "# The ferry\n\nThe ferry leaves the harbour at 7:30 and at 15:00.\n\nOn Sundays the ferry leaves at 10:00 only.",
};
const MUSEUM = { title: "Museum.md", text: "The tide clock of the museum was built in 1891 by Ada Morrow." };

async function chunksOf(stream: KnowledgeStream): Promise<KnowledgeChunk[]> {
  const chunks: KnowledgeChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** An answer of `data:` lines, as text/plain. */
function lines(...events: (object | string)[]): string {
  return events.map((event) => `data: ${typeof event === "string" ? event : JSON.stringify(event)}\n`).join("");
}

export const developerKnowledgeCases: ConformanceCase[] = [
  {
    id: "developer: a search answers out of the knowledge base, with the passages that the answer stands on",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const base = await control.knowledgeBase(user, [FERRY, MUSEUM]);
      const { text, sources, raw } = await developer.knowledge.search("Who built the tide clock?", {
        knowledgeBases: [base],
        model: "gpt-4.1",
      });
      assert.equal(text, "The tide clock of the museum was built in 1891 by Ada Morrow. [1]");
      const [source, ...more] = sources;
      assert.isEmpty(more);
      assert.deepInclude(source, { title: "Museum.md", text: MUSEUM.text, order: 0, tokens: 16 });
      assert.match(source?.id ?? "", /^[\da-f-]{36}$/);
      assert.match(source?.sourceId ?? "", /^[\da-f-]{36}$/);
      assert.property(source?.raw, "nip");
      assert.deepEqual(raw[0], { tag: "searching", content: "Who built the tide clock?" });
      const [post] = await control.journal(user, SEEK);
      assert.deepEqual(JSON.parse(post?.body ?? ""), {
        messages: [{ role: "user", content: "Who built the tide clock?" }],
        model: "gpt-4.1",
        stream: true,
        kb_list: [base],
      });
      assert.match(post?.headers.authorization ?? "", /^Bearer /);
    },
  },
  {
    id: "developer: a streamed search tells its phases, and its deltas joined are the text",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const base = await control.knowledgeBase(user, [FERRY, MUSEUM]);
      const stream = developer.knowledge.searchStream("When does the ferry leave?", { knowledgeBases: [base] });
      const chunks = await chunksOf(stream);
      const { text, sources } = await stream.output;
      const phases = chunks.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
      assert.deepEqual(phases, ["searching", "sources", "text"]);
      assert.equal(chunks[0]?.searching, "When does the ferry leave?");
      assert.equal(chunks.map(({ textDelta }) => textDelta).join(""), text);
      assert.deepEqual(chunks.at(-1)?.sources, sources);
      assert.deepEqual(
        chunks.map(({ isFinal }) => isFinal).filter((isFinal) => isFinal),
        [true],
      );
      assert.isAbove(sources.length, 0);
    },
  },
  {
    id: "developer: texts of a search are read whether each is a delta, the whole so far, or one whole, with either end",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const reply = "It leaves at 7:30, and again at 15:00. It is a ferry, a ferry, a ferry.";
      for (const finalAs of ["deltas", "wholes", "one"]) {
        for (const endAs of ["line", "final"]) {
          await control.script(user, { match: "ferry", reply, finalAs, endAs, firstEventMs: 0, delayMs: 1, count: 1 });
          const stream = developer.knowledge.searchStream("When does the ferry leave?");
          const chunks = await chunksOf(stream);
          assert.equal((await stream.output).text, reply);
          assert.equal(chunks.map(({ textDelta }) => textDelta).join(""), reply);
          assert.isTrue(chunks.every(({ isRevised }) => !isRevised));
        }
      }
    },
  },
  {
    id: "developer: a whole JSON answer of a search is read as well, and so is its older path",
    async run({ newDeveloper, control }) {
      const whole = await newDeveloper({ middleware: [answering(SEEK_PATH, { tag: "final", content: "At 7:30." })] });
      assert.deepInclude(await whole.developer.knowledge.search("When?"), { text: "At 7:30.", sources: [] });
      const answer = [{ tag: "final", content: "A" }, { tag: "final", content: "B" }, "[DONE]"];
      const typeless = [answering(SEEK_PATH, lines(...answer), { "content-type": "text/plain" })];
      const lineByLine = await newDeveloper({ middleware: typeless });
      assert.equal((await lineByLine.developer.knowledge.search("When?")).text, "AB");
      for (const older of ["/external/use/seek-knowledge", "/external/use/seek-knowledge/seek"]) {
        const { developer, user } = await newDeveloper({
          middleware: [async (request, next) => next(await movedTo(older, request))],
        });
        await control.knowledgeBase(user, [MUSEUM]);
        assert.match((await developer.knowledge.search("Who built the tide clock?")).text, /Ada Morrow/);
        assert.lengthOf(await control.journal(user, `POST ${older}`), 1);
      }
    },
  },
  {
    id: "developer: a search that ends without the mark of its end is a truncation, with what had come",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.script(user, { match: "ferry", reply: "At 7:30 and at 15:00.", endAs: "none" });
      const error = await rejection(developer.knowledge.search("When does the ferry leave?"));
      assert.deepInclude(error, { name: "StreamTruncatedError", partial: "At 7:30 and at 15:00." });
      assert.lengthOf(await control.journal(user, SEEK), 1);
    },
  },
  {
    id: "developer: a search without a word is an error that can be retried, and one that fails midway has its partial",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.script(user, { match: "empty", isEmpty: true });
      const empty = await rejection(developer.knowledge.search("An empty one"));
      assert.deepInclude(empty, { name: "JobFailedError", reason: "empty_answer", isRetryable: true });
      const fail = { reason: "provider_error", message: "The model is away", afterEvents: 2 };
      await control.script(user, { match: "broken", reply: "One two three four five six", fail });
      const stream = developer.knowledge.searchStream("A broken one");
      const seen: string[] = [];
      const error = await rejection(
        (async () => {
          for await (const { textDelta } of stream) seen.push(textDelta);
        })(),
      );
      assert.deepInclude(error, { name: "JobFailedError", reason: "provider_error", partial: seen.join("") });
      assert.match(seen.join(""), /^One/);
      assert.match(String(error), /The model is away/);
      assert.equal(await rejection(stream.output), error);
    },
  },
  {
    id: "developer: follow-up questions send what was asked and answered, and a failed one is not kept",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const base = await control.knowledgeBase(user, [FERRY]);
      const session = developer.knowledge.startSession({ knowledgeBases: [base], model: "gpt-4.1" });
      const first = await session.ask("When does the ferry leave?");
      await control.script(user, { match: "nothing", isEmpty: true });
      await rejection(session.ask("Say nothing"));
      const stream = session.askStream("And on Sundays?");
      await chunksOf(stream);
      assert.match((await stream.output).text, /10:00/);
      const posts = await control.journal(user, SEEK);
      assert.deepEqual(JSON.parse(posts.at(-1)?.body ?? "").messages, [
        { role: "user", content: "When does the ferry leave?" },
        { role: "assistant", content: first.text },
        { role: "user", content: "And on Sundays?" },
      ]);
      assert.lengthOf(session.messages, 4);
      const later = developer.knowledge.startSession({ knowledgeBases: [base], messages: session.messages });
      await later.ask("Thank you for the ferry");
      assert.lengthOf(later.messages, 6);
    },
  },
  {
    id: "developer: the models that can answer a search are a list of ids",
    async run({ newDeveloper }) {
      const { developer } = await newDeveloper();
      assert.include(await developer.knowledge.models(), "gpt-4.1-nano");
      const path = "/external/use/knowledge-base/models";
      for (const answer of [["a", "b"], { data: [{ id: "a" }, { name: "b" }] }, { models: ["a", "b"] }]) {
        const other = await newDeveloper({ middleware: [answering(path, answer)] });
        assert.deepEqual(await other.developer.knowledge.models(), ["a", "b"]);
      }
      const wrong = await newDeveloper({ middleware: [answering(path, '"gpt"')] });
      assert.propertyVal(await rejection(wrong.developer.knowledge.models()), "name", "ResponseShapeError");
    },
  },
  {
    id: "developer: another user's knowledge base is not found, and nothing is said of it",
    async run({ newDeveloper, control }) {
      const [one, other] = await Promise.all([newDeveloper(), newDeveloper()]);
      const base = await control.knowledgeBase(other.user, [MUSEUM]);
      const error = await rejection(one.developer.knowledge.search("Who built it?", { knowledgeBases: [base] }));
      assert.deepInclude(error, { name: "NotFoundError", status: 404 });
      const { text, sources } = await one.developer.knowledge.search("Who built the tide clock?");
      assert.match(text, /say nothing/);
      assert.isEmpty(sources);
    },
  },
  {
    id: "developer: wrong questions, ids and options of a search are refused before any request",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const { knowledge } = developer;
      const system: object = [{ role: "system", content: "Be brief" }];
      const unknown: object = { kbList: [] };
      const wrong: [RegExp, () => Promise<unknown>][] = [
        [/the prompt is empty/, () => knowledge.search(" ")],
        [/at least/, () => knowledge.search([])],
        [/user and assistant only/, () => knowledge.search(Object(system))],
        [/option "knowledgeBases.0": Expected a UUID/, () => knowledge.search("When?", { knowledgeBases: ["mine"] })],
        [/no option "kbList"/, () => knowledge.search("When?", unknown)],
        [/option "model"/, () => knowledge.search("When?", { model: "" })],
      ];
      for (const [message, call] of wrong) {
        const error = await rejection(call());
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), message);
      }
      assert.throws(() => knowledge.searchStream(""), /knowledge\.searchStream/);
      assert.throws(() => knowledge.startSession({ model: "" }), /knowledge\.startSession/);
      assert.isEmpty(await control.journal(user));
    },
  },
  {
    id: "developer: a search that is left is cancelled, and the caller's signal ends it with its own reason",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.script(user, { match: "ferry", reply: "a b c d e f g h i j k l m n o p", delayMs: 200 });
      const stream = developer.knowledge.searchStream("The ferry?");
      for await (const { phase } of stream) if (phase === "text") break;
      assert.deepInclude(await rejection(stream.output), { name: "AbortError" });
      const controller = new AbortController();
      const reason = new Error("enough");
      const { signal } = controller;
      const error = await rejection(
        (async () => {
          for await (const { phase } of developer.knowledge.searchStream("The ferry?", { signal }))
            if (phase === "text") controller.abort(reason);
        })(),
      );
      assert.equal(error, reason);
      const unread = developer.knowledge.searchStream("The ferry?");
      unread.cancel();
      assert.deepInclude(await rejection(unread.output), { name: "AbortError" });
      assert.lengthOf(await control.journal(user, SEEK), 2);
    },
  },
];

/** The same request at another path. Firefox takes no body over from another request. */
async function movedTo(path: string, request: Request): Promise<Request> {
  const { method, headers, signal } = request;
  const body = await request.text();
  return new Request(request.url.replace(SEEK_PATH, path), { method, headers, signal, body });
}
