import { type Counterparts, method, record } from "../counterpart.ts";

const LIMIT = "faults: a silent job ends at its limit, with what had come";
const timeout = {
  here: "TimeoutOptions.totalMs",
  proof: LIMIT,
  note: "In ms; `firstEventMs` and `idleMs` end a silent job earlier.",
};
const images = {
  here: "GenerateOptions.images",
  note: "URLs as there; also paths, Blobs, bytes and streams, which are uploaded first.",
};
const all = (id: string) => ({ all: `sends › ${id} (all)` });

/** Texts, pictures, clips, titles and files. */
export const generationCounterparts: Counterparts = {
  ...method(
    "FlowithClient.generate",
    "flowith.generate()",
    { prompt: "prompt", conv_id: "JobOptions.convId", model: "JobOptions.model", images, timeout },
    all("FlowithClient.generate"),
  ),
  ...method(
    "FlowithClient.generate_stream",
    "flowith.generateStream()",
    { prompt: "prompt", conv_id: "JobOptions.convId", model: "JobOptions.model", images, timeout },
    {
      ...all("FlowithClient.generate_stream"),
      note: "Gives `GenerationChunk`s; `await stream.output` is the whole. `break` ends the wait.",
    },
  ),
  ...method(
    "FlowithClient.generate_image",
    "flowith.generateImage()",
    {
      prompt: "prompt",
      conv_id: "JobOptions.convId",
      model: "JobOptions.model",
      aspect_ratio: "ImageOptions.aspectRatio",
      image_size: "ImageOptions.imageSize",
      agent: "ImageOptions.agent",
      timeout,
    },
    all("FlowithClient.generate_image"),
  ),
  ...method(
    "FlowithClient.generate_video",
    "flowith.generateVideo()",
    {
      prompt: "prompt",
      conv_id: "JobOptions.convId",
      model: "JobOptions.model",
      image_url: { here: "VideoOptions.image", note: "A URL as there, or a file, which is uploaded first." },
      aspect_ratio: "VideoOptions.aspectRatio",
      resolution: "VideoOptions.resolution",
      audio: "VideoOptions.audio",
      timeout,
    },
    all("FlowithClient.generate_video"),
  ),
  ...method("FlowithClient.generate_title", "flowith.generateTitle()", {
    messages: { here: "about", note: "Messages, or one prompt." },
  }),
  ...method(
    "FlowithClient.upload_file",
    "flowith.uploadFile()",
    {
      file_path: {
        here: "source",
        proof: "sends › FlowithClient.upload_file",
        note: "A path, URL, Blob, bytes, stream or response.",
      },
      data: { here: "source", note: "The same argument as a path." },
      filename: "UploadOptions.filename",
      mime_type: "UploadOptions.mimeType",
      file_type: "UploadOptions.fileType",
    },
    all("FlowithClient.upload_file"),
  ),
  ...record("GenerationOutput", "GenerationOutput", "gives › FlowithClient.generate", {
    text: "text",
    text_delta: {
      here: "GenerationChunk.textDelta",
      proof: "text: a stream gives it out in pieces that join to the whole",
    },
    node_id: "nodeId",
    conv_id: "convId",
    model: "model",
    metadata: { here: "raw", note: "The event or row that settled the job, nothing added." },
    reasoning: "reasoning",
    reasoning_delta: {
      here: "GenerationChunk.reasoningDelta",
      proof: "text: takes reasoning out of the answer",
    },
    __str__: "toString",
  }),
  ...record("ImageOutput", "ImageOutput", "gives › FlowithClient.generate_image", {
    images: { here: "images", note: "Never empty: a job without a picture is a `JobFailedError`." },
    model: "model",
    node_id: "nodeId",
    conv_id: "convId",
    metadata: "raw",
    image: { here: "image", note: "Never missing." },
  }),
  ...record("VideoOutput", "VideoOutput", "gives › FlowithClient.generate_video", {
    video_url: "videoUrl",
    model: "model",
    node_id: "nodeId",
    conv_id: "convId",
    metadata: "raw",
  }),
  ...record("GeneratedImage", "GeneratedImage", "gives › FlowithClient.generate_image", {
    url: "GeneratedMedia.url",
    model: "GeneratedMedia.model",
  }),
  ...save("GeneratedImage", "GeneratedMedia.save"),
  ...save("VideoOutput", "VideoOutput.save"),
  ...record("FileRecord", "FileRecord", "gives › FlowithClient.upload_file", {
    url: "url",
    file_type: "fileType",
    metadata: "raw",
  }),
  ChunkParser: {
    here: "GenerateOptions.reasoning",
    proof: "text: leaves reasoning in the answer when told so",
    note: "Not exported: texts come split, tags that are cut in two included.",
  },
  "ChunkParser.in_think": {
    here: "GenerationChunk.reasoningDelta",
    proof: "text: takes reasoning out of the answer",
    note: "A chunk tells which part it belongs to.",
  },
  ...method(
    "ChunkParser.feed",
    "flowith.generateStream()",
    { fragment: { here: null, note: "Fragments are split before they are given out." } },
    {
      proof: "reasoning-splitter.test.ts › gives the same whatever the cuts are",
      note: "Splits by itself.",
    },
  ),
};

/** Of media: what is compared is the download that it makes. */
function save(of: string, here: string): Counterparts {
  const file = "save-file.test.ts › ";
  return {
    [`${of}.save`]: {
      here,
      proof: `sends › ${of}.save`,
      note: "Gives `{ location, sizeBytes, mimeType }`. An existing file is kept: a free name is found, unless `overwrite` is true.",
    },
    [`${of}.save(path)`]: { here: `${here}(target)`, proof: `${file}makes the folder and says where the file is` },
    [`${of}.save(filename)`]: { here: "SaveOptions.filename", proof: `sends › ${of}.save` },
    [`${of}.save(verbose)`]: { here: null, proof: `sends › ${of}.save`, note: "Print the `location` that it gives." },
  };
}
