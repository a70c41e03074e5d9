import { APIError } from "./api-error.ts";

/** Whether a status of 4xx is about the moment and not the request: 408 came too slowly, 429 too often. */
export function isMomentary(status: number): boolean {
  return status === 408 || status === 429;
}

/** Whether a proxy says no more than that it stopped waiting: what the service made of the request is not known. */
export function isLostAnswer(error: unknown): boolean {
  return APIError.is(error) && (error.status === 408 || error.status === 499);
}

/** Whether the server has looked at the request and said no: the same one again would get the same answer. */
export function isRefusal(error: unknown): error is APIError {
  return APIError.is(error) && error.status >= 400 && error.status < 500 && !isMomentary(error.status);
}
