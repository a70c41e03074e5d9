const boundaryLine = /^--([^\r\n]{1,70})\r\n/;

/**
 * A multipart body. The published Python client sends one under `application/json`, since its session's header wins over
 * the form's; so the boundary is taken from the first line where the content type does not tell it.
 */
export async function readForm(request: Request): Promise<FormData | undefined> {
  const bytes = await request.arrayBuffer();
  const told = request.headers.get("content-type") ?? "";
  const start = new TextDecoder("latin1").decode(bytes.slice(0, 80));
  const boundary = start.match(boundaryLine)?.[1];
  if (!told.startsWith("multipart/form-data") && boundary === undefined) return undefined;
  const type = told.startsWith("multipart/form-data") ? told : `multipart/form-data; boundary=${boundary}`;
  try {
    return await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    return undefined;
  }
}
