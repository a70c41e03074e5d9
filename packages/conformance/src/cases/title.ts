import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const ROUTE = "POST /completion/conversation-title";

export const titleCases: ConformanceCase[] = [
  {
    id: "text: a title is made of a prompt or of messages, and comes trimmed",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const title = await flowith.generateTitle("How do tides work?");
      assert.isNotEmpty(title);
      assert.equal(title, title.trim());
      await flowith.generateTitle([{ role: "user", content: "How do tides work?" }]);
      const [first, second] = await control.journal(user, ROUTE);
      assert.deepEqual(JSON.parse(first?.body ?? ""), { messages: [{ role: "user", content: "How do tides work?" }] });
      assert.equal(first?.body, second?.body);
      assert.equal(first?.headers["content-type"], "text/plain;charset=UTF-8");
    },
  },
  {
    id: "text: a title is refused without words, before any request",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const wrong: unknown[] = [" ", [], [{ role: "friend", content: "hi" }], 7];
      for (const about of wrong) {
        const error = await rejection(Reflect.apply(flowith.generateTitle, flowith, [about]));
        assert.deepInclude(error, { name: "InvalidArgumentError" });
      }
      assert.isEmpty(await control.journal(user, ROUTE));
    },
  },
  {
    id: "text: an HTML page is no title",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "html", status: 200, route: ROUTE });
      assert.deepInclude(await rejection(flowith.generateTitle("Tides")), { name: "ResponseShapeError" });
    },
  },
];
