import { isInputRequiredResult, type McpServer } from "@modelcontextprotocol/server";
import * as v from "valibot";
import { addTool } from "../add-tool.ts";
import type { Desk } from "../desk.ts";
import { openInside } from "../files/open-inside.ts";
import { MAX_FILE_BYTES } from "../files/pictures.ts";
import { rootsFor } from "../files/roots.ts";
import { toolResult } from "../results/tool-result.ts";

export function addUploadTool(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "upload_file",
    {
      title: "Upload a file",
      description:
        "Stores a file of the user's machine at Flowith, up to 20 MiB, from the folders that the user has opened. Put the reference that it returns into a prompt, and the model reads the file; give the url of a picture as one of images.",
      input: v.object({
        path: v.pipe(v.string(), v.nonEmpty(), v.description("Path or file: URL; relative to the first root.")),
        name: v.pipe(
          v.optional(v.pipe(v.string(), v.nonEmpty())),
          v.description("What it is called there. Default: the file's own name."),
        ),
      }),
      output: v.object({
        reference: v.pipe(v.string(), v.description("What names the file in a prompt.")),
        url: v.string(),
        name: v.string(),
        size_bytes: v.number(),
        mime_type: v.nullable(v.string()),
      }),
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    },
    async ({ path, name }, call) => {
      const roots = await rootsFor(call);
      if (isInputRequiredResult(roots)) return roots;
      const file = await openInside(roots, path, MAX_FILE_BYTES);
      const filename = name ?? file.name;
      const { reference, url } = await desk.client.uploadFile(file, { filename, signal: call.signal });
      const mimeType = file.type || undefined;
      const structured = { reference, url, name: filename, size_bytes: file.size, mime_type: mimeType ?? null };
      return toolResult(structured, [{ type: "resource_link", uri: url, name: filename, mimeType }]);
    },
  );
}
