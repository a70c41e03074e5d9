import type { Flowith, FlowNode } from "flowith-webapi";
import type { Media } from "./media.ts";

/** The pictures and clips in some conversations, newest first. */
export async function storedMedia(flowith: Flowith, convIds: readonly string[]): Promise<Media[]> {
  const all = await Promise.all(convIds.map((convId) => flowith.conversations.nodes(convId)));
  return all.flatMap((nodes) => mediaOf(nodes).reverse());
}

function mediaOf(nodes: readonly FlowNode[]): Media[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return nodes.flatMap(({ data, text, parentId }) => {
    const kind = data.isImage === true ? "image" : data.isVideo === true ? "video" : undefined;
    if (kind === undefined || !URL.canParse(text)) return [];
    const ratio = data.aspect_ratio;
    const prompt = byId.get(parentId ?? "")?.text ?? "";
    return [{ kind, url: text, prompt, aspectRatio: typeof ratio === "string" ? ratio : undefined }];
  });
}
