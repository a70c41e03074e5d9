import { Hono } from "hono";
import type { GatewayEnv } from "../gateway-env.ts";
import type { RouteParts } from "../route-parts.ts";
import { chatCompletions } from "./chat/chat-completions.ts";
import { createFile, deleteFile, fileContent, listFiles, retrieveFile } from "./files/files.ts";
import { editImages, generateImages } from "./images/images.ts";
import { listModels, retrieveModel } from "./models.ts";
import { createResponse } from "./responses/create-response.ts";
import { KeptResponses } from "./responses/kept-responses.ts";
import { deleteResponse, listInputItems, retrieveResponse } from "./responses/stored-response.ts";
import { StartedVideos } from "./videos/started-videos.ts";
import { createVideo, deleteVideo, listVideos, retrieveVideo, videoContent } from "./videos/videos.ts";

/** What is served below `/v1` for OpenAI's clients. */
export function openaiRoutes(parts: RouteParts): Hono<GatewayEnv> {
  const { signedIn, maxResponses } = parts;
  const started = new StartedVideos();
  const kept = new KeptResponses(maxResponses);
  return new Hono<GatewayEnv>()
    .get("/models", signedIn, listModels)
    .get("/models/:id{.+}", signedIn, retrieveModel(parts))
    .post("/chat/completions", signedIn, chatCompletions(parts))
    .post("/responses", signedIn, createResponse(parts, kept))
    .get("/responses/:id", signedIn, retrieveResponse(kept))
    .get("/responses/:id/input_items", signedIn, listInputItems(kept))
    .delete("/responses/:id", signedIn, deleteResponse(kept))
    .post("/images/generations", signedIn, generateImages(parts))
    .post("/images/edits", signedIn, editImages(parts))
    .post("/videos", signedIn, createVideo(parts, started))
    .get("/videos", signedIn, listVideos(started))
    .get("/videos/:id", signedIn, retrieveVideo)
    .delete("/videos/:id", signedIn, deleteVideo(started))
    .get("/videos/:id/content", signedIn, videoContent)
    .post("/files", signedIn, createFile)
    .get("/files", signedIn, listFiles)
    .get("/files/:id", signedIn, retrieveFile)
    .delete("/files/:id", signedIn, deleteFile)
    .get("/files/:id/content", signedIn, fileContent);
}
