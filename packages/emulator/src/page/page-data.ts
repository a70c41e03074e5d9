import type { Database } from "../database/database.ts";
import type { JobEntry, JobLog } from "../jobs/job-log.ts";
import type { Journal, JournalEntry } from "../journal/journal.ts";

export interface PageUser {
  id: string;
  /** The address; "guest" for a user without one. */
  name: string;
  credits: number | null;
}

export interface PageConversation {
  id: string;
  title: string | null;
  userId: string;
  nodes: number;
  isDeleted: boolean;
}

export interface PageNode {
  id: string;
  parentId: string | null;
  type: string;
  x: number;
  y: number;
  value: string;
  status: string | null;
  error: string | null;
  model: string | null;
}

export interface PageData {
  edgeUrl: string;
  filesUrl: string;
  /** What the page was opened with; its links have to go on with it. */
  controlKey: string | null;
  users: PageUser[];
  /** undefined where another schema is served that has none. */
  conversations: PageConversation[] | undefined;
  /** The conversation that is shown. */
  shown: PageConversation | undefined;
  nodes: PageNode[];
  jobs: JobEntry[];
  /** The newest first. */
  journal: JournalEntry[];
}

export interface PageSource {
  database: Database;
  jobs: JobLog;
  journal: Journal;
  hasFlowithTables: boolean;
  addresses(): { url: string; filesUrl: string };
  now(): number;
}

const shownUsers = 50;
const shownConversations = 60;
const shownNodes = 500;
const shownJobs = 12;
const shownRequests = 60;

const creditSql = `(select coalesce(sum(remain_quota), 0)::float8 from public.subscription_user_own o
  where o.user_id = u.id and o.from_date <= $2 and o.to_date > $2)`;

async function readUsers({ database, hasFlowithTables, now }: PageSource): Promise<PageUser[]> {
  // the parameter has to be used, and null plus anything is null
  const credits = hasFlowithTables ? creditSql : "null::float8 + extract(epoch from $2::timestamptz)";
  const { rows } = await database.query<PageUser>(
    `select u.id, coalesce(u.email, 'guest') as name, ${credits} as credits
     from auth.users u order by u.created_at desc limit $1`,
    [shownUsers, new Date(now()).toISOString()],
  );
  return rows;
}

async function readConversations(database: Database): Promise<PageConversation[]> {
  const { rows } = await database.query<PageConversation>(
    `select c.id, c.title, c.user_id as "userId", c.is_delete as "isDeleted",
       (select count(*)::int from public.flow_node n where n.conv_id = c.id and not n.is_delete) as nodes
     from public.conversation c order by c.updated_at desc, c.id limit $1`,
    [shownConversations],
  );
  return rows;
}

// `data` is seen as an object and as a JSON string
const nodesSql = `
  select n.id, n.p_id as "parentId", n.type,
    coalesce((n.position ->> 'x')::float8, 0) as x, coalesce((n.position ->> 'y')::float8, 0) as y,
    coalesce(d ->> 'value', '') as value, d ->> 'status' as status, d ->> 'error' as error, d ->> 'model' as model
  from public.flow_node n,
    lateral (select case when jsonb_typeof(n.data) = 'string' then (n.data #>> '{}')::jsonb else n.data end as d) as parsed
  where n.conv_id = $1::uuid and not n.is_delete order by n.created_at, n.type, n.id limit $2`;

async function readNodes(database: Database, conversation: string): Promise<PageNode[]> {
  return (await database.query<PageNode>(nodesSql, [conversation, shownNodes])).rows;
}

/** What the page shows: the conversation that `query` asks for, or else the latest that has nodes. */
export async function readPageData(source: PageSource, query: URLSearchParams): Promise<PageData> {
  const { database, jobs, journal, hasFlowithTables, addresses } = source;
  const conversations = hasFlowithTables ? await readConversations(database) : undefined;
  const shown =
    conversations?.find(({ id }) => id === query.get("conversation")) ??
    conversations?.find(({ nodes, isDeleted }) => nodes > 0 && !isDeleted);
  return {
    edgeUrl: addresses().url,
    filesUrl: addresses().filesUrl,
    controlKey: query.get("key"),
    users: await readUsers(source),
    conversations,
    shown,
    nodes: shown === undefined ? [] : await readNodes(database, shown.id),
    jobs: await jobs.latest(shownJobs),
    journal: journal.list().slice(-shownRequests).reverse(),
  };
}
