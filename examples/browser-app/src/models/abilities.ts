import type { ModelInfo } from "flowith-webapi";

/** What a model can do, as far as the catalogue says: a name and a value each. */
export function abilities(model: ModelInfo): [string, string][] {
  const { supportedAspectRatios: shapes, supportedImageSizes: sizes, supportedDurations: lengths } = model;
  const all: [string, string | undefined][] = [
    ["Shapes", shapes?.join(", ")],
    ["Sizes", sizes?.join(", ")],
    ["Seconds", lengths?.join(", ")],
    ["Sound", yesNo(model.supportsAudio)],
    ["From a picture", yesNo(model.supportsKeyframe)],
  ];
  return all.flatMap(([name, value]) => (value ? [[name, value] satisfies [string, string]] : []));
}

function yesNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? "yes" : "no";
}
