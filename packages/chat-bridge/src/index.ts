export { CallParser, type TextPiece } from "./call-parser.ts";
export { catalogued } from "./catalogued.ts";
export { type JsonFormat, jsonInstruction } from "./json-text.ts";
export { type PictureSize, pictureSize, videoResolution } from "./picture-size.ts";
export { commonRatioOf } from "./ratios.ts";
export { StoredFiles, type StoreFile } from "./stored-files.ts";
export { TextPieces } from "./text-pieces.ts";
export { type CallChoice, callText, type DescribedTool, resultText, toolInstruction } from "./tool-format.ts";
export { type Turn, type WebTurns, webTurns } from "./turns.ts";
