import { assert } from "chai";
import type { ConformanceCase, TestClient } from "../conformance-case.ts";
import { heldAnswers } from "../held-answers.ts";
import { memoryJobStore } from "../memory-store.ts";

const ROUTE = "POST /completion/async";
const PROMPT = "What is the capital of Poland?";
/** As in most runtimes; in Workers it is 0. */
const events = { lingerMs: 1_000 };

async function idle(flowith: TestClient): Promise<void> {
  while (flowith.isBusy) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** The events of a job can come before the answer to its own post. */
export const lateAnswerCases: ConformanceCase[] = [
  {
    id: "jobs: a post that is answered after its job is done is not cut, so that its connection is kept",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ events });
      await control.script(user, { match: "quick", reply: "Yes.", firstEventMs: 0 });
      await control.fault(user, { type: "delay", ms: 500, when: "after", route: ROUTE });
      await flowith.generate("quick");
      await idle(flowith);
      const sent = await control.journal(user, ROUTE);
      assert.deepEqual(
        sent.map(({ status, isCutShort }) => ({ status, isCutShort })),
        [{ status: 200, isCutShort: false }],
      );
    },
  },
  {
    id: "jobs: the answer to a post tells nothing any more once its job is done",
    async run({ newClient }) {
      const { fetch, letGo, signals } = heldAnswers();
      const jobStore = memoryJobStore();
      const told: string[] = [];
      const { flowith } = await newClient({ fetch, jobStore, events });
      const { text } = await flowith.generate(PROMPT, {
        onProgress: ({ phase }) => void told.push(phase),
        onResponse: ({ url }) => void told.push(`a response of ${url}`),
      });
      assert.include(text, "Warsaw");
      const toldBefore = [...told];
      assert.notInclude(told, "submitted");
      letGo();
      await idle(flowith);
      assert.deepEqual(told, toldBefore);
      assert.isEmpty(jobStore.handles);
      assert.deepEqual(
        signals.map(({ aborted }) => aborted),
        [false],
      );
    },
  },
  {
    id: "jobs: what a post fails with after its job is done is nobody's business, and it is not sent again",
    async run({ newClient, control }) {
      for (const status of [400, 401, 429, 500, 502]) {
        const { fetch, letGo } = heldAnswers();
        const { flowith, user } = await newClient({ fetch, events });
        assert.include((await flowith.generate(PROMPT)).text, "Warsaw");
        letGo(() => new Response("{}", { status, headers: { "content-type": "application/json" } }));
        await idle(flowith);
        assert.lengthOf(await control.journal(user, ROUTE), 1, `${status}`);
        assert.isEmpty(await control.journal(user, "GET /rest/v1/flow_node"), `${status}`);
      }
    },
  },
  {
    id: "jobs: to submit a job that is done before its post is answered gives its handle at once",
    async run({ newClient }) {
      const { fetch, signals } = heldAnswers();
      const { flowith } = await newClient({ fetch, events: { lingerMs: 60_000 } });
      const { handle } = await flowith.submitText(PROMPT);
      assert.equal(handle.kind, "text");
      assert.isFalse(signals[0]?.aborted);
      flowith.close();
    },
  },
  {
    id: "jobs: a client that is closed ends the answers that are still to come",
    async run({ newClient }) {
      const { fetch, signals } = heldAnswers();
      const { flowith } = await newClient({ fetch, events: { lingerMs: 60_000 } });
      await flowith.generate(PROMPT);
      assert.isFalse(signals[0]?.aborted);
      flowith.close();
      assert.isTrue(signals[0]?.aborted);
      await idle(flowith);
    },
  },
  {
    id: "jobs: the answer of a post that is late for long is given up, or at once where nothing may outlive the last job",
    async run({ newClient }) {
      for (const lingerMs of [0, 300]) {
        const { fetch, signals } = heldAnswers();
        const { flowith } = await newClient({ fetch, events: { lingerMs } });
        await flowith.generate(PROMPT);
        if (lingerMs === 0) assert.isTrue(signals[0]?.aborted);
        await idle(flowith);
        assert.isTrue(signals[0]?.aborted);
        assert.propertyVal(signals[0]?.reason, "name", "AbortError");
      }
    },
  },
];
