const TEXT =
  /^(?:text(?:\/|$)|application\/(?:json|jsonl|x-ndjson|xml|yaml|x-yaml|toml|javascript|typescript|sql)\b|[\w-]+\/[\w.-]+\+(?:json|xml)\b)/i;

/** Whether files of a type are words, which go into a prompt as they are. Pictures are pictures, also those of XML. */
export function isTextType(mediaType: string): boolean {
  return TEXT.test(mediaType) && !/^image\//i.test(mediaType);
}
