import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestService, type TestService } from "./testing/test-service.ts";

let service: TestService;

beforeAll(async () => {
  service = await createTestService();
  // as a project's own schema has them
  await service.database.exec(`
    create table public.seen (id bigint generated always as identity, what text, user_id uuid, confirmed boolean);
    create function public.see() returns trigger language plpgsql as $$
    begin
      insert into public.seen (what, user_id, confirmed) values (tg_op, new.id, new.email_confirmed_at is not null);
      return new;
    end
    $$;
    create trigger see after insert or update on auth.users for each row execute function public.see();
    create function public.refuse() returns trigger language plpgsql as $$
    begin
      if exists (select from auth.users where id = new.user_id and email like 'refused-' || tg_argv[0] || '@%') then
        raise exception 'not with us';
      end if;
      return new;
    end
    $$;
    create trigger refuse before insert on auth.identities for each row execute function public.refuse('account');
    create trigger refuse before insert on auth.refresh_tokens for each row execute function public.refuse('session');`);
});
afterAll(() => service.database.close());

it("shows triggers a user who is inserted, then confirmed, then signed in", async () => {
  const { id } = await service.goTrue.createUser({ email: "triggers@example.com" });
  await service.goTrue.createSession(id);
  const sql = "select what, confirmed from public.seen where user_id = $1 order by id";
  expect((await service.database.query(sql, [id])).rows).toEqual([
    { what: "INSERT", confirmed: false },
    { what: "UPDATE", confirmed: true },
    { what: "UPDATE", confirmed: true },
  ]);
});

it("leaves no user behind whose identity was refused", async () => {
  const email = "refused-account@example.com";
  await expect(service.goTrue.createUser({ email })).rejects.toThrow("not with us");
  expect((await service.database.query("select from auth.users where email = $1", [email])).rows).toEqual([]);
});

it("leaves no session behind whose token was refused", async () => {
  const { id } = await service.goTrue.createUser({ email: "refused-session@example.com" });
  await expect(service.goTrue.createSession(id)).rejects.toThrow("not with us");
  const sql = "select last_sign_in_at, (select count(*)::int from auth.sessions where user_id = $1) as sessions";
  const { rows } = await service.database.query(`${sql} from auth.users where id = $1`, [id]);
  expect(rows).toEqual([{ last_sign_in_at: null, sessions: 0 }]);
});

it("makes an account by one statement, and a session by another", async () => {
  const { database } = service;
  const statements: string[] = [];
  const counting: TestService["database"] = {
    ...database,
    query: (sql, parameters) => {
      statements.push(sql);
      return database.query(sql, parameters);
    },
    transaction: () => Promise.reject(new Error("A transaction is two statements more.")),
  };
  const { goTrue } = await createTestService({ database: counting });
  const { id } = await goTrue.createUser({ email: "counted@example.com", password: "a-password" });
  const { user } = await goTrue.createSession(id);
  expect(statements).toHaveLength(2);
  expect(user.identities).toMatchObject([{ provider: "email", identity_data: { sub: id, email_verified: false } }]);
  expect(user).toMatchObject({ user_metadata: { email_verified: true }, last_sign_in_at: user.updated_at });
});
