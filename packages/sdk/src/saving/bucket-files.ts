import type { MediaSaver } from "@flowith-webapi/core/http";
import { refusedTarget } from "../shared/without-disk.ts";
import { isBucket, saveToBucket } from "./save-to-bucket.ts";

/** Buckets alone. @param instead what else can be done here */
export function bucketFiles(instead: string): MediaSaver {
  return {
    async save(download, target, options) {
      if (isBucket(target)) return saveToBucket(target, download, options);
      throw refusedTarget(target, instead);
    },
  };
}
