import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Job } from "./running-job.ts";

export type JobEnd = "done" | "failed";

export interface JobEntry extends Job {
  status: "running" | JobEnd;
  startedAt: Date;
  endedAt: Date | null;
}

/** Every job that was taken on, so that those cut short by a stop of the process can be told from those that ended. */
export interface JobLog {
  begin(job: Job): Promise<void>;
  end(nodeId: string, status: JobEnd): Promise<void>;
  /** Jobs that have not ended, oldest first. */
  open(): Promise<JobEntry[]>;
  /** The newest first. */
  latest(count: number): Promise<JobEntry[]>;
}

const columns = `node_id as "nodeId", user_id as "userId", conv_id as "convId", media, model, cost, status,
  started_at as "startedAt", ended_at as "endedAt"`;

export function createJobLog(database: Database, clock: Clock): JobLog {
  const now = (): string => new Date(clock.now()).toISOString();
  return {
    async begin({ nodeId, userId, convId, media, model, cost }) {
      await database.query(
        `insert into edge.job (node_id, user_id, conv_id, media, model, cost, started_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (node_id) do update set status = 'running', user_id = excluded.user_id, conv_id = excluded.conv_id,
           media = excluded.media, model = excluded.model, cost = excluded.cost, started_at = excluded.started_at, ended_at = null`,
        [nodeId, userId, convId, media, model, cost, now()],
      );
    },
    async end(nodeId, status) {
      await database.query("update edge.job set status = $2, ended_at = $3 where node_id = $1", [
        nodeId,
        status,
        now(),
      ]);
    },
    async open() {
      const sql = `select ${columns} from edge.job where status = 'running' order by started_at`;
      return (await database.query<JobEntry>(sql)).rows;
    },
    async latest(count) {
      const sql = `select ${columns} from edge.job order by started_at desc, node_id limit $1`;
      return (await database.query<JobEntry>(sql, [count])).rows;
    },
  };
}
