import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const bug = new Error("bug in the callback");

/** Rejects after a turn of the loop, as what a database says no to. */
async function failing(): Promise<void> {
  await Promise.resolve();
  throw bug;
}

/** A rejection that nobody hears of ends a Node process, and a call that succeeds all the same hides it. */
export const callBackCases: ConformanceCase[] = [
  {
    id: "requests: a call ends with what a promise of its onResponse rejects with, whatever it asks",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const onResponse = failing;
      assert.strictEqual(await rejection(flowith.account.credits({ onResponse })), bug);
      assert.strictEqual(await rejection(flowith.conversations.list({ onResponse })), bug);
      assert.strictEqual(await rejection(flowith.request("GET", "/user/credits", { onResponse })), bug);
      assert.strictEqual(await rejection(flowith.generate("Hello", { onResponse })), bug);
      assert.strictEqual(await rejection(flowith.generate("Hello", { direct: true, onResponse })), bug);
      assert.lengthOf(await control.journal(user, "POST /completion/async"), 1);
    },
  },
  {
    id: "requests: a promise of onResponse is waited for, and no longer than the call may take",
    async run({ newClient }) {
      const { flowith } = await newClient();
      let text = "";
      await flowith.account.credits({
        onResponse: async (response) => {
          text = await response.text();
        },
      });
      assert.match(text, /^[[{]/);
      const never = (): Promise<void> => new Promise(() => undefined);
      const error = await rejection(flowith.account.credits({ onResponse: never, timeout: { totalMs: 300 } }));
      assert.deepInclude(error, { name: "TimeoutError", phase: "total" });
    },
  },
  {
    id: "upload: it ends with what a promise of onProgress rejects with, that of the last report too",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const file = new Blob(["x".repeat(1_000)]);
      assert.strictEqual(await rejection(flowith.uploadFile(file, { onProgress: failing })), bug);
      const stored = await control.journal(user, "POST /file/store");
      const last = ({ sentBytes }: { sentBytes?: number | undefined }): Promise<void> | undefined =>
        sentBytes === file.size ? failing() : undefined;
      assert.strictEqual(await rejection(flowith.uploadFile(file, { onProgress: (one) => last(one) })), bug);
      assert.lengthOf(await control.journal(user, "POST /file/store"), stored.length + 1);
    },
  },
  {
    id: "image: blob and bytes end with what a promise of onResponse rejects with, and so does the job with onProgress",
    async run({ newClient }) {
      const { flowith } = await newClient();
      assert.strictEqual(await rejection(flowith.generateImage("A boat", { onProgress: failing })), bug);
      const { image } = await flowith.generateImage("A boat");
      assert.strictEqual(await rejection(image.bytes({ onResponse: failing })), bug);
      assert.strictEqual(await rejection(image.blob({ onResponse: failing })), bug);
    },
  },
];
