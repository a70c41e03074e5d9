import { describeManyJobs } from "./many-jobs.ts";

describeManyJobs(200);
