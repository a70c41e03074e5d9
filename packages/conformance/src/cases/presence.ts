import { assert } from "chai";
import { answering } from "../answering.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

export const presenceCases: ConformanceCase[] = [
  {
    id: "account: a session's presence comes and goes",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const sessionId = crypto.randomUUID();
      await flowith.presence.upsert({ sessionId, currentPath: "/", deviceType: undefined, isIdle: false });
      // Other cases come and go meanwhile; this session is one of them for as long as it is there.
      assert.isAtLeast(await flowith.presence.count(), 1);
      await flowith.presence.upsert({
        sessionId,
        deviceType: "desktop",
        platform: "web",
        browser: "chrome",
        locale: "pl",
        subscriptionTier: "pro",
        isIdle: true,
      });
      await flowith.presence.remove(sessionId);
      await flowith.presence.remove(sessionId);
      const [first, second] = await control.journal(user, "POST /rest/v1/rpc/upsert_online_session");
      assert.deepEqual(JSON.parse(first?.body ?? ""), {
        p_session_id: sessionId,
        p_current_path: "/",
        p_is_idle: false,
      });
      assert.deepEqual(JSON.parse(second?.body ?? ""), {
        p_session_id: sessionId,
        p_device_type: "desktop",
        p_platform: "web",
        p_browser: "chrome",
        p_locale: "pl",
        p_subscription_tier: "pro",
        p_is_idle: true,
      });
      const [removal] = await control.journal(user, "POST /rest/v1/rpc/remove_online_session");
      assert.equal(removal?.body, JSON.stringify({ p_session_id: sessionId }));
    },
  },
  {
    id: "account: a count of those present that is null is 0, and one that is no number is a ResponseShapeError",
    async run({ newClient }) {
      const path = "/rest/v1/rpc/get_online_count";
      for (const [answer, count] of [
        ["null", 0],
        ["17", 17],
        ['"18"', 18],
      ] as const) {
        const { flowith } = await newClient({ middleware: [answering(path, answer)] });
        assert.equal(await flowith.presence.count(), count);
      }
      const { flowith } = await newClient({ middleware: [answering(path, '"many"')] });
      assert.propertyVal(await rejection(flowith.presence.count()), "name", "ResponseShapeError");
    },
  },
  {
    id: "account: wrong arguments for presence are refused before any request, and a refusal is typed",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const unknown: object = { colour: "red" };
      const withMore: { sessionId: string } & object = Object.assign({ sessionId: "a" }, unknown);
      const calls = [
        flowith.presence.upsert({ sessionId: "" }),
        flowith.presence.upsert(withMore),
        flowith.presence.remove(" "),
        flowith.presence.count(unknown),
      ];
      for (const call of calls) assert.propertyVal(await rejection(call), "name", "InvalidArgumentError");
      assert.isEmpty(await control.journal(user));
      await control.fault(user, { type: "status", status: 403, route: "POST /rest/v1/rpc/get_online_count" });
      assert.deepInclude(await rejection(flowith.presence.count()), { name: "PermissionError", status: 403 });
    },
  },
];
