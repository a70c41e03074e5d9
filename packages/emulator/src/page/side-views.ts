import { html } from "hono/html";
import type { JobEntry } from "../jobs/job-log.ts";
import type { JournalEntry } from "../journal/journal.ts";
import type { Markup } from "./markup.ts";
import type { PageConversation, PageData, PageUser } from "./page-data.ts";

const timeOf = (at: Date | string): string => new Date(at).toISOString().slice(11, 19);

/** One of eight colours, the same for a user everywhere on the page. */
function hueOf(userId: string): number {
  let sum = 0;
  for (const character of userId) sum = (sum * 31 + character.charCodeAt(0)) % 360;
  return Math.round(sum / 45) * 45;
}

function linkTo({ controlKey }: PageData, conversation: string): string {
  return `/?${new URLSearchParams({ conversation, ...(controlKey === null ? {} : { key: controlKey }) })}`;
}

function badge(user: PageUser | undefined): Markup {
  const name = user?.name ?? "?";
  return html`<span class="badge" style="--hue:${hueOf(user?.id ?? "")}" title="${name}" aria-label="${name}">${name.charAt(0)}</span>`;
}

export function usersView({ users }: PageData): Markup {
  const row = (
    user: PageUser,
  ): Markup => html`<li title="${user.id}">${badge(user)}<span class="name">${user.name}</span>
    ${user.credits === null ? "" : html`<span class="quiet">${user.credits.toLocaleString("en")}</span>`}</li>`;
  return html`<ul class="users">${users.map(row)}</ul>${users.length === 0 ? html`<p class="quiet">Nobody yet.</p>` : ""}`;
}

export function conversationsView(data: PageData): Markup {
  const { conversations, shown, users } = data;
  const row = ({ id, title, nodes, userId, isDeleted }: PageConversation): Markup => {
    const owner = users.find((user) => user.id === userId);
    const state = `${id === shown?.id ? "here" : ""} ${isDeleted ? "deleted" : ""}`;
    return html`<li><a href="${linkTo(data, id)}" class="${state}">${badge(owner)}<span class="name">${title ?? "Untitled"}</span>
      <span class="quiet">${nodes}</span></a></li>`;
  };
  const list = conversations ?? [];
  return html`<ul class="conversations">${list.map(row)}</ul>${list.length === 0 ? html`<p class="quiet">None.</p>` : ""}`;
}

function jobTime({ startedAt, endedAt }: JobEntry): string {
  if (endedAt === null) return "";
  return `${((new Date(endedAt).getTime() - new Date(startedAt).getTime()) / 1000).toFixed(1)} s`;
}

export function jobsView(data: PageData): Markup {
  const { jobs, users } = data;
  const row = (job: JobEntry): Markup => html`<tr class="${job.status}"><td>${timeOf(job.startedAt)}</td>
    <td>${badge(users.find(({ id }) => id === job.userId))}</td>
    <td class="wide"><a href="${linkTo(data, job.convId)}">${job.media}</a> <span class="quiet">${job.model}</span></td>
    <td><b>${job.status}</b></td><td class="number">${jobTime(job)}</td></tr>`;
  return html`<table><tbody>${jobs.map(row)}</tbody></table>${jobs.length === 0 ? html`<p class="quiet">No job yet.</p>` : ""}`;
}

function statusClass(status: number | null): string {
  if (status === null) return "waiting";
  if (status < 400) return "good";
  return status < 500 ? "refused" : "broken";
}

export function journalView({ journal, users }: PageData): Markup {
  const row = (entry: JournalEntry): Markup => {
    const user = users.find(({ id }) => id === entry.userId);
    return html`<tr title="${entry.path}${entry.query}"><td>${timeOf(entry.at)}</td><td>${user === undefined ? "" : badge(user)}</td>
      <td><span class="method">${entry.method}</span></td><td class="wide">${entry.path}<span class="quiet">${entry.query}</span></td>
      <td><b class="${statusClass(entry.status)}">${entry.status ?? "…"}</b></td>
      <td class="number">${entry.durationMs === null ? "" : `${entry.durationMs} ms`}</td></tr>`;
  };
  return html`<table class="journal"><tbody>${journal.map(row)}</tbody></table>${journal.length === 0 ? html`<p class="quiet">No request yet.</p>` : ""}`;
}
