import {
  createProviderRegistry,
  customProvider,
  defaultSettingsMiddleware,
  experimental_generateVideo,
  generateImage,
  generateText,
  type ImageModel,
  jsonSchema,
  type LanguageModel,
  streamText,
  ToolLoopAgent,
  tool,
  wrapImageModel,
  wrapLanguageModel,
} from "ai6";
import {
  createFlowith,
  type FlowithImageOptions,
  type FlowithLanguageOptions,
  type FlowithVideoOptions,
} from "../../src/index.ts";

/** Everything of ai 6 that takes a model or a provider takes the face for it. Compiled, not run. */
export async function withAi6(): Promise<unknown[]> {
  const flowith = createFlowith({ specificationVersion: "v3" });
  const model: LanguageModel = flowith("gpt-4.1-nano");
  const pictures: ImageModel = flowith.imageModel("gemini-3.1-flash-image");
  const language: FlowithLanguageOptions = {
    direct: true,
    timeout: { totalMs: 1 },
    extraBody: { list: [1, { a: null }] },
  };
  const image: FlowithImageOptions = { imageSize: "2K", metadata: { tags: ["a"] } };
  const video: FlowithVideoOptions = { resolution: "720p" };
  const prompt = "Hi";
  const inputSchema = jsonSchema<{ city: string }>({ type: "object" });
  const tools = { weather: tool({ inputSchema, execute: async ({ city }) => city }) };
  const registry = createProviderRegistry({ flowith });
  const custom = customProvider({
    languageModels: { small: flowith.languageModel("gpt-4.1-nano") },
    imageModels: { pictures: flowith.imageModel("gemini-3.1-flash-image") },
    fallbackProvider: flowith,
  });
  const middleware = defaultSettingsMiddleware({ settings: { temperature: 0 } });
  const wrapped = wrapLanguageModel({ model: flowith("gpt-4.1-nano"), middleware });
  const wrappedPictures = wrapImageModel({
    model: flowith.imageModel("gemini-3.1-flash-image"),
    middleware: { specificationVersion: "v3" },
  });
  return [
    await generateText({ model, prompt, tools, providerOptions: { flowith: language } }),
    streamText({ model: wrapped, prompt }),
    await generateImage({ model: pictures, prompt, providerOptions: { flowith: image } }),
    await generateImage({ model: wrappedPictures, prompt }),
    await experimental_generateVideo({
      model: flowith.videoModel("seedance-2.0-fast"),
      prompt,
      providerOptions: { flowith: video },
    }),
    await generateText({ model: registry.languageModel("flowith:gpt-4.1-nano"), prompt }),
    await generateText({ model: custom.languageModel("small"), prompt }),
    await new ToolLoopAgent({ model: flowith("gpt-4.1-nano"), tools }).generate({ prompt }),
  ];
}
