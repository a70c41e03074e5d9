import type { ModelInfo } from "flowith-webapi";
import { notFoundError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { hasWords } from "../input/has-words.ts";
import { nearModels } from "../input/model-doubt.ts";
import type { Output } from "../output/output.ts";
import { oneLine } from "../output/printable.ts";
import { table } from "../output/table.ts";

export interface ModelsFlags {
  kind?: string;
}

/**
 * `[{ id, title, kind, tier, description, aspectRatios, imageSizes, durations, audio, keyframes }]`; for an id the object
 * alone. What the catalogue does not say is null.
 */
export async function models(context: Context, words: string[], { kind }: ModelsFlags): Promise<void> {
  const { output, signal } = context;
  const client = await context.client();
  const all = (await client.models.list({ signal })).map(told);
  const [word] = words;
  const one = words.length === 1 ? all.find(({ id }) => id === word) : undefined;
  if (one !== undefined) {
    await output.result(one, () => detail(output, one));
    return;
  }
  const found = all.filter(
    (model) =>
      (kind === undefined || model.kind === kind) && hasWords([model.id, model.title, model.description], words),
  );
  if (found.length === 0 && words.length === 1 && word !== undefined) throw noModel(word, all);
  if (found.length === 0) output.note("No model is like that. `flowith models` shows all of them.");
  await output.result(found, () =>
    found.length === 0
      ? ""
      : table(
          output,
          [
            { title: "id", value: ({ id }) => id },
            { title: "title", value: ({ title }) => title, isFlexible: true },
            { title: "kind", value: (model) => model.kind },
            { title: "tier", value: ({ tier }) => tier },
          ],
          found,
        ),
  );
}

/** One word may be an id; several are a search, which may find nothing. */
function noModel(word: string, all: readonly Model[]): Error {
  const names = nearModels(
    word,
    all.map(({ id }) => id),
  );
  return notFoundError(
    `No model is like ${JSON.stringify(oneLine(word))}.`,
    `${names === "" ? "" : `Near it: ${names}. `}\`flowith models\` shows all of them.`,
  );
}

type Model = ReturnType<typeof told>;

function told(model: ModelInfo) {
  return {
    id: model.modelId,
    title: model.title,
    kind: model.media ?? null,
    tier: model.tier ?? null,
    description: model.description ?? null,
    aspectRatios: model.supportedAspectRatios ?? null,
    imageSizes: model.supportedImageSizes ?? null,
    durations: model.supportedDurations ?? null,
    audio: model.supportsAudio ?? null,
    keyframes: model.supportsKeyframe ?? null,
  };
}

function detail(output: Output, model: Model): string {
  const yesOrNo = (value: boolean | null): string | null => (value === null ? null : value ? "yes" : "no");
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ["title", model.title],
    ["kind", model.kind],
    ["tier", model.tier],
    ["about", model.description],
    ["aspect ratios", model.aspectRatios?.join(", ")],
    ["sizes", model.imageSizes?.join(", ")],
    ["durations", model.durations?.map((seconds) => `${seconds} s`).join(", ")],
    ["sound", yesOrNo(model.audio)],
    ["first and last frame", yesOrNo(model.keyframes)],
  ];
  return [
    output.paint("bold", oneLine(model.id)),
    ...lines.flatMap(([name, value]) => (value ? [`${name}: ${oneLine(value)}`] : [])),
  ].join("\n");
}
