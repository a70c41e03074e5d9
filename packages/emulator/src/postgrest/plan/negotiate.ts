import { PostgrestError } from "../errors.ts";
import { type MediaType, mediaTypeName } from "../http/media-type.ts";

/** How rows become a body. */
export type Format =
  | { readonly kind: "none" }
  | { readonly kind: "json"; readonly shape: "array" | "object"; readonly stripsNulls: boolean }
  | { readonly kind: "csv" }
  | { readonly kind: "geojson" };

export interface Representation {
  readonly format: Format;
  readonly mediaType: MediaType;
}

function representationOf(type: MediaType): Representation | undefined {
  switch (type.kind) {
    case "vendor":
      return { format: { kind: "json", shape: type.shape, stripsNulls: type.stripsNulls }, mediaType: type };
    case "any":
    case "json":
      return { format: { kind: "json", shape: "array", stripsNulls: false }, mediaType: { kind: "json" } };
    case "csv":
      return { format: { kind: "csv" }, mediaType: type };
    case "geojson":
      return { format: { kind: "geojson" }, mediaType: type };
    default:
      return undefined;
  }
}

export function notAvailable(accepted: readonly MediaType[]): PostgrestError {
  const names = accepted.map(mediaTypeName).join(", ");
  return new PostgrestError(406, "PGRST107", `None of these media types are available: ${names}`);
}

/** @param hasBody without one (HEAD, or a write that returns nothing) the rows are counted only */
export function negotiate(accepted: readonly MediaType[], hasBody: boolean): Representation {
  for (const type of accepted) {
    const representation = representationOf(type);
    if (representation !== undefined) {
      return hasBody ? representation : { ...representation, format: { kind: "none" } };
    }
  }
  throw notAvailable(accepted);
}
