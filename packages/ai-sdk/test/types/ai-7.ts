import {
  createProviderRegistry,
  experimental_generateVideo,
  generateImage,
  generateText,
  type LanguageModel,
  uploadFile,
  wrapLanguageModel,
} from "ai";
import {
  createFlowith,
  type FlowithFileOptions,
  type FlowithImageOptions,
  type FlowithLanguageOptions,
  type FlowithVideoOptions,
} from "../../src/index.ts";

/** Options of a call may be variables, and ai 7 takes either face. Compiled, not run. */
export async function withAi7(): Promise<unknown[]> {
  const flowith = createFlowith();
  const old = createFlowith({ specificationVersion: "v3" });
  const models: LanguageModel[] = [flowith("gpt-4.1-nano"), old("gpt-4.1-nano")];
  const language: FlowithLanguageOptions = { timeout: { totalMs: 1 }, extraBody: { list: [1, { a: null }] } };
  const image: FlowithImageOptions = { imageSize: "2K", metadata: { tags: ["a"] } };
  const video: FlowithVideoOptions = { resolution: "720p" };
  const file: FlowithFileOptions = { timeout: { totalMs: 1 } };
  const prompt = "Hi";
  const results: unknown[] = [createProviderRegistry({ flowith, old })];
  for (const model of models) {
    results.push(await generateText({ model, prompt, providerOptions: { flowith: language } }));
  }
  for (const provider of [flowith, old]) {
    const pictures = provider.imageModel("gemini-3.1-flash-image");
    const clips = provider.videoModel("seedance-2.0-fast");
    results.push(
      wrapLanguageModel({ model: provider("gpt-4.1-nano"), middleware: [] }),
      await generateImage({ model: pictures, prompt, providerOptions: { flowith: image } }),
      await experimental_generateVideo({ model: clips, prompt, providerOptions: { flowith: video } }),
    );
  }
  results.push(await uploadFile({ api: flowith, data: new Uint8Array(1), providerOptions: { flowith: file } }));
  return results;
}
