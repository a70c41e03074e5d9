import { json } from "../http/answers.ts";

interface Template {
  id: string;
  name: string;
  category: string;
  type: "text" | "image" | "video";
  prompt: string;
  model: string;
  cover_url: string;
}

const templates: readonly Template[] = [
  {
    id: "summary",
    name: "Summary",
    category: "writing",
    type: "text",
    prompt: "Summarize this in three sentences: {{text}}",
    model: "gpt-4.1-nano",
    cover_url: "https://flowith.example/cover/summary.png",
  },
  {
    id: "product-photo",
    name: "Product photo",
    category: "marketing",
    type: "image",
    prompt: "A photo of {{product}} on marble",
    model: "gemini-3.1-flash-image",
    cover_url: "https://flowith.example/cover/product-photo.png",
  },
  {
    id: "short-clip",
    name: "Short clip",
    category: "marketing",
    type: "video",
    prompt: "{{subject}} on a beach",
    model: "seedance-2.0-fast",
    cover_url: "https://flowith.example/cover/short-clip.png",
  },
];

/** `GET /templates?page_size=1000[&type=T]`. */
export function listTemplates(request: Request): Response {
  const query = new URL(request.url).searchParams;
  const type = query.get("type");
  const size = Number(query.get("page_size") ?? 20);
  const data = templates.filter((template) => type === null || template.type === type);
  return json({ data: data.slice(0, Number.isInteger(size) && size >= 0 ? size : 20) });
}
