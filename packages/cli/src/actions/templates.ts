import type { TemplateRecord } from "flowith-webapi";
import { notFoundError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { hasWords } from "../input/has-words.ts";
import { printable } from "../output/printable.ts";
import { table } from "../output/table.ts";

export interface TemplatesFlags {
  type?: string;
}

interface Template {
  id: string;
  name: string | null;
  type: string | null;
  category: string | null;
  model: string | null;
  prompt: string | null;
}

/** `[{ id, name, type, category, model, prompt }]` */
export async function templates(context: Context, words: string[], { type }: TemplatesFlags): Promise<void> {
  const { output } = context;
  const found = (await listed(context, type)).filter(({ id, name, category, prompt }) =>
    hasWords([id, name, category, prompt], words),
  );
  if (found.length === 0) output.note("No template is like that. `flowith templates` shows all of them.");
  await output.result(found, () =>
    found.length === 0
      ? ""
      : table(
          output,
          [
            { title: "id", value: ({ id }) => id },
            { title: "name", value: ({ name }) => name },
            { title: "type", value: (template) => template.type },
            { title: "prompt", value: ({ prompt }) => prompt, isFlexible: true },
          ],
          found,
        ),
  );
}

/** `{ id, name, type, category, model, prompt }` */
export async function showTemplate(context: Context, id: string): Promise<void> {
  const { output } = context;
  const found = (await listed(context)).find((template) => template.id === id);
  if (found === undefined)
    throw notFoundError(`There is no template ${JSON.stringify(id)}.`, "`flowith templates` shows those that are.");
  const prompt = found.prompt ?? "";
  await output.result(found, () => (output.isTerminal ? printable(prompt) : prompt));
}

async function listed(context: Context, type?: string): Promise<Template[]> {
  const client = await context.client();
  return (await client.templates.list({ signal: context.signal, type })).map(told);
}

function told({ templateId, name, templateType, category, model, prompt }: TemplateRecord): Template {
  return {
    id: templateId,
    name: name ?? null,
    type: templateType ?? null,
    category: category ?? null,
    model: model ?? null,
    prompt: prompt ?? null,
  };
}
