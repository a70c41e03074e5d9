import { describeQuick } from "./testing/describe-quick.ts";

await describeQuick(["delta"]);
