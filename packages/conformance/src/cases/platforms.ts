import { assert } from "chai";
import { Flowith } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

/** A signal as React Native and polyfills have it: no `throwIfAborted`, and no reason. */
function oldSignal(): { signal: AbortSignal; abort: () => void } {
  const target = new EventTarget();
  let aborted = false;
  const signal: object = {
    get aborted() {
      return aborted;
    },
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  };
  const abort = (): void => {
    aborted = true;
    target.dispatchEvent(new Event("abort"));
  };
  return { signal: signal as AbortSignal, abort };
}

/** What older and smaller platforms lack. */
export const platformCases: ConformanceCase[] = [
  {
    id: "requests: a signal without throwIfAborted and reason ends every kind of call with an AbortError",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "slow", fragments: ["a", "b"], firstEventMs: 9_000 });
      const all = async (items: AsyncIterable<unknown>): Promise<void> => {
        for await (const _ of items);
      };
      const calls: ((signal: AbortSignal) => Promise<unknown>)[] = [
        (signal) => flowith.generate("slow", { signal }),
        (signal) => flowith.generate("slow", { signal, direct: true }),
        (signal) => flowith.startConversation().send("slow", { signal }),
        (signal) => flowith.submitText("x", { signal }),
        (signal) => flowith.generateImage("x", { signal, images: [new Blob(["x"])] }),
        (signal) => flowith.uploadFile(new Blob(["x"]), { signal }),
        (signal) => flowith.conversations.list({ signal }),
        (signal) => all(flowith.conversations.all({ signal })),
        (signal) => all(flowith.events.stream({ signal })),
        (signal) => flowith.models.list({ signal }),
        (signal) => flowith.auth.user({ signal }),
        (signal) => flowith.fetch(`${flowith.supabaseUrl}/rest/v1/conversation`, { signal }),
      ];
      for (const call of calls) {
        const before = oldSignal();
        before.abort();
        assert.propertyVal(await rejection(call(before.signal)), "name", "AbortError", String(call));
        const during = oldSignal();
        const ended = rejection(call(during.signal));
        during.abort();
        assert.propertyVal(await ended, "name", "AbortError", String(call));
      }
      const before = oldSignal();
      before.abort();
      const token = rejection(flowith.auth.accessToken({ signal: before.signal }));
      assert.propertyVal(await token, "name", "AbortError");
      const unused = oldSignal();
      assert.isArray(await flowith.conversations.list({ signal: unused.signal }));
      assert.equal(
        (await flowith.fetch(`${flowith.supabaseUrl}/rest/v1/conversation`, { signal: unused.signal })).status,
        200,
      );
    },
  },
  {
    id: "requests: what a framework throws in fetch to steer its rendering passes unchanged, and costs no second request",
    async run({ newClient }) {
      for (const steering of [new Error("NEXT_REDIRECT"), new TypeError("fetch failed")]) {
        Object.assign(steering, { digest: "DYNAMIC_SERVER_USAGE" });
        let asked = 0;
        const { flowith } = await newClient({
          fetch: async () => {
            asked++;
            throw steering;
          },
        });
        const calls = [
          () => flowith.models.list(),
          () => flowith.account.credits(),
          () => flowith.conversations.list(),
          () => flowith.generate("Hello", { direct: true }),
          () => flowith.uploadFile(new Blob(["x"])),
        ];
        for (const call of calls) assert.equal(await rejection(call()), steering, String(call));
        assert.equal(asked, calls.length);
      }
    },
  },
  {
    id: "bad input: the address of a service is trimmed, and one that paths cannot be added to is refused at once",
    async run({ newClient, control }) {
      const { edgeUrl, supabaseUrl } = await control.addresses();
      const { flowith } = await newClient({ edgeUrl: ` ${edgeUrl}/ \n`, supabaseUrl: `${supabaseUrl}//\t` });
      assert.isNotEmpty((await flowith.generate("What is the capital of Poland?")).text);
      for (const name of ["edgeUrl", "supabaseUrl"]) {
        for (const [url, message] of [
          ["https://user:hunter2@example.com", /without a user and password/],
          ["https://hunter2@example.com", /without a user and password/],
          ["https://example.com?", /without \? and #/],
          ["https://example.com/?key=hunter2", /without \? and #/],
          ["https://example.com/#hunter2", /without \? and #/],
          ["ftp://hunter2", /Expected an http or https URL/],
          ["hunter2", /Expected an http or https URL/],
        ] as const) {
          const make = (): unknown => new Flowith({ [name]: url });
          assert.throws(make, new RegExp(`option "${name}": .*${message.source}`));
          assert.throws(make, /^(?!.*hunter2)/);
        }
      }
    },
  },
];
