import type { Clock } from "../../clock.ts";
import type { Database } from "../../database/database.ts";
import { storable } from "../../database/storable.ts";

export type TaskKind = "video" | "music" | "3d";

/** A task of the developer API. */
export interface Task {
  id: string;
  userId: string;
  kind: TaskKind;
}

/** How a task stands. */
export interface TaskState {
  status: "pending" | "processing" | "completed" | "failed";
  url: string | null;
  error: { message: string; type: string } | null;
}

/** Every task that was taken on: who waits for one finds it after a restart too. */
export interface TaskLog {
  add(task: Task): Promise<void>;
  begin(id: string): Promise<void>;
  complete(id: string, url: string): Promise<void>;
  fail(id: string, error: { message: string; type: string }): Promise<void>;
  /** The task of this id, if it is one of this user's and kind. */
  find(task: Task): Promise<TaskState | undefined>;
  /** Tasks that have not ended, oldest first. */
  open(): Promise<Task[]>;
}

export function createTaskLog(database: Database, clock: Clock): TaskLog {
  return {
    async add({ id, userId, kind }) {
      await database.query(
        "insert into edge.developer_task (id, user_id, kind, started_at) values ($1::uuid, $2::uuid, $3, $4)",
        [id, userId, kind, new Date(clock.now()).toISOString()],
      );
    },
    async begin(id) {
      await database.query("update edge.developer_task set status = 'processing' where id = $1::uuid", [id]);
    },
    async complete(id, url) {
      const sql = "update edge.developer_task set status = 'completed', url = $2 where id = $1::uuid";
      await database.query(sql, [id, url]);
    },
    async fail(id, { message, type }) {
      const sql = "update edge.developer_task set status = 'failed', error = $2::json where id = $1::uuid";
      await database.query(sql, [id, JSON.stringify({ message: storable(message), type })]);
    },
    async find({ id, userId, kind }) {
      const sql = `select status, url, error from edge.developer_task
        where id::text = lower($1) and user_id = $2::uuid and kind = $3`;
      return (await database.query<TaskState>(sql, [storable(id), userId, kind])).rows[0];
    },
    async open() {
      const sql = `select id, user_id as "userId", kind from edge.developer_task
        where status in ('pending', 'processing') order by started_at`;
      return (await database.query<Task>(sql)).rows;
    },
  };
}
