import { randomUUID } from "node:crypto";
import * as v from "valibot";
import type { Database } from "../../database/database.ts";
import { isStorable } from "../../database/storable.ts";

/** A knowledge base to be made. */
export interface NewKnowledgeBase {
  userId: string;
  /** Default: a fresh one. */
  id?: string | undefined;
  /** Small texts, as of Markdown files. */
  documents: readonly { title: string; text: string }[];
}

/** A passage that was found, as the service names its fields. */
export interface Seed {
  id: string;
  tokens: number;
  content: string;
  order: number;
  source_id: string;
  source_title: string;
  /** Of unknown meaning. */
  nip: number;
}

export interface KnowledgeStore {
  add(base: NewKnowledgeBase): Promise<{ id: string }>;
  /** Which of these bases are not this user's. */
  missing(userId: string, baseIds: readonly string[]): Promise<string[]>;
  /** The passages that fit a question best, of these bases or of all that the user has. */
  search(userId: string, baseIds: readonly string[], question: string): Promise<Seed[]>;
}

const storable = v.pipe(v.string(), v.check(isStorable, "Holds a character that cannot be kept"));

/** A knowledge base that can be made. */
export const newKnowledgeBase: v.GenericSchema<unknown, NewKnowledgeBase> = v.strictObject({
  userId: v.pipe(v.string(), v.uuid()),
  id: v.optional(v.pipe(v.string(), v.uuid())),
  documents: v.array(v.strictObject({ title: storable, text: storable })),
});

const longest = 600;

/** Paragraphs, with the headings before them; one that is too long is cut between words. */
function passagesOf(text: string): string[] {
  const passages: string[] = [];
  let headings = "";
  for (const paragraph of text.split(/\r?\n\s*\r?\n/)) {
    const trimmed = paragraph.trim();
    if (trimmed === "") continue;
    if (/^#{1,6} [^\n]*$/.test(trimmed)) {
      headings += `${trimmed}\n\n`;
      continue;
    }
    for (const piece of trimmed.match(new RegExp(`.{1,${longest}}(?=\\s|$)|.{1,${longest}}`, "gs")) ?? []) {
      passages.push(headings + piece.trim());
      headings = "";
    }
  }
  return headings === "" ? passages : [...passages, headings.trim()];
}

const searchSql = `
  with asked as (
    select string_agg(quote_literal(lexeme), ' | ')::tsquery as words from unnest(to_tsvector('english', $3))
  )
  select p.id, p.content, p.place, p.source_id, p.title from edge.knowledge_passage p
  join edge.knowledge_base b on b.id = p.base_id, asked
  where b.user_id = $1::uuid and (cardinality($2::uuid[]) = 0 or b.id = any($2::uuid[])) and p.words @@ asked.words
  order by ts_rank_cd(p.words, asked.words, 1) desc, p.title, p.place limit 4`;

export function createKnowledgeStore(database: Database): KnowledgeStore {
  return {
    add: ({ userId, id = randomUUID(), documents }) =>
      database.transaction(async (transaction) => {
        await transaction.query("insert into edge.knowledge_base (id, user_id) values ($1::uuid, $2::uuid)", [
          id,
          userId,
        ]);
        for (const { title, text } of documents) {
          const sourceId = randomUUID();
          for (const [place, content] of passagesOf(text).entries()) {
            await transaction.query(
              `insert into edge.knowledge_passage (id, base_id, source_id, title, place, content)
               values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6)`,
              [randomUUID(), id, sourceId, title, place, content],
            );
          }
        }
        return { id };
      }),
    async missing(userId, baseIds) {
      const sql = "select id from edge.knowledge_base where user_id = $1::uuid and id = any($2::uuid[])";
      const { rows } = await database.query<{ id: string }>(sql, [userId, baseIds]);
      return baseIds.filter((id) => !rows.some((row) => row.id === id.toLowerCase()));
    },
    async search(userId, baseIds, question) {
      interface Found {
        id: string;
        content: string;
        place: number;
        source_id: string;
        title: string;
      }
      const { rows } = await database.query<Found>(searchSql, [userId, baseIds, question]);
      return rows.map(({ id, content, place, source_id, title }) => ({
        id,
        tokens: Math.ceil(content.length / 4),
        content,
        order: place,
        source_id,
        source_title: title,
        nip: 0,
      }));
    },
  };
}
