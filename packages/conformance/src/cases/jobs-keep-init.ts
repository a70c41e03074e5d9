import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import type { TestUser } from "../control.ts";
import { jobCases } from "./jobs.ts";
import { unpostedCases } from "./jobs-unposted.ts";
import { manyResumedCases } from "./many-resumed.ts";

/** What a case of jobs is called where it runs while rows keep `init`. */
export function whileRowsKeepInit(id: string): string {
  return `${id}, while rows keep init`;
}

/** Whether the live service's row leaves `init` when a post is taken is not known, so each case has to hold without. */
function withKeptInit(context: CaseContext): CaseContext {
  const { control } = context;
  const arm = async (user: TestUser): Promise<void> => void (await control.fault(user, { type: "keep-init" }));
  return {
    ...context,
    control: {
      ...control,
      async newUser(wishes) {
        const user = await control.newUser(wishes);
        await arm(user);
        return user;
      },
    },
    async newClient(options) {
      const made = await context.newClient(options);
      await arm(made.user);
      return made;
    },
  };
}

export const keepInitCases: ConformanceCase[] = [...jobCases, ...unpostedCases, ...manyResumedCases]
  .filter(({ id }) => id.startsWith("jobs:"))
  .map(({ id, run }) => ({ id: whileRowsKeepInit(id), run: (context) => run(withKeptInit(context)) }));
