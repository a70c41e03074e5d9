import { errorResponse } from "flowith-webapi";
import { flowith } from "../../flowith";

// A POST, so that nothing which follows links or loads a picture again spends credits.
export async function POST(request: Request): Promise<Response> {
  const { signal } = request;
  try {
    const { image } = await flowith.generateImage(await request.text(), { signal });
    return new Response(await image.blob({ signal })); // a Blob says its own type and size
  } catch (error) {
    return errorResponse(error);
  }
}
