import { errorResponse } from "flowith-webapi";
import { flowith } from "../../flowith";

export async function POST(request: Request): Promise<Response> {
  try {
    // `signal` aborts when the reader presses Stop or leaves. `direct`: the request to the service then ends as well.
    const stream = flowith.generateStream(await request.text(), {
      model: "gemini-3.1-pro-preview",
      direct: true,
      signal: request.signal,
    });
    return await stream.toResponse();
  } catch (error) {
    return errorResponse(error);
  }
}
