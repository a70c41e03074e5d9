import * as v from "valibot";
import type { CheckGroup } from "../check.ts";
import { holds, unknown } from "../finding.ts";
import { judged } from "../judge.ts";
import type { PlanOptions } from "../plan.ts";

const ids = v.array(v.string());
const NEW_KEY = "Make a key in the settings of the web app, set FLOWITH_API_KEY to it, and then again.";

/** The developer API, which goes by a key of its own: nothing of it needs a session. */
export function developerChecks({ apiKey }: Pick<PlanOptions, "apiKey">): CheckGroup {
  return {
    title: "Developer API",
    checks: [
      {
        id: "developer.models",
        wire: "9",
        title: "GET /external/use/knowledge-base/models",
        needs: ["machine.edge"],
        async run(asker) {
          if (apiKey === undefined) return unknown("FLOWITH_API_KEY is not set", NEW_KEY);
          // Such a text cannot be sent, and the platform's own error would show it.
          if (!/^[\x21-\x7e]+$/.test(apiKey))
            return unknown("FLOWITH_API_KEY is no text that a header can carry", NEW_KEY);
          const answer = await asker.ask({
            to: "edge",
            path: "/external/use/knowledge-base/models",
            token: "none",
            headers: { authorization: `Bearer ${apiKey}` },
            isPublic: true,
          });
          const read = judged(answer, ids, "a list of model ids");
          if (read.ok) return holds(`${read.value.length} models`);
          const isRefused = answer.status === 401 || answer.status === 403;
          // A new sign-in, which is advised elsewhere, mends no key.
          return isRefused && read.verdict.status === "differs" ? { ...read.verdict, advice: NEW_KEY } : read.verdict;
        },
      },
    ],
  };
}
