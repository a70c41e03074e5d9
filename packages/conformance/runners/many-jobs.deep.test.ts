import { describeManyJobs } from "./many-jobs.ts";

describeManyJobs(2_000);
