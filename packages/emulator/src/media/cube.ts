/** The corners of a cube around the origin. */
const corners = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => [x, y, z])));
/** Its twelve triangles, by corners. */
const triangles = [
  [0, 1, 3, 0, 3, 2],
  [4, 6, 7, 4, 7, 5],
  [0, 4, 5, 0, 5, 1],
  [2, 3, 7, 2, 7, 6],
  [0, 2, 6, 0, 6, 4],
  [1, 5, 7, 1, 7, 3],
].flat();

const header = 12;
const chunkHeader = 8;

/** A binary glTF that parses: one cube (glTF 2.0, section 4.4). */
export function makeCube(): Uint8Array<ArrayBuffer> {
  const positions = new Float32Array(corners.flat());
  const indices = new Uint16Array(triangles);
  const positionBytes = positions.byteLength;
  const binaryBytes = positionBytes + indices.byteLength;
  const scene = {
    asset: { version: "2.0", generator: "flowith-emulator" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: corners.length, type: "VEC3", min: [-1, -1, -1], max: [1, 1, 1] },
      { bufferView: 1, componentType: 5123, count: triangles.length, type: "SCALAR" },
    ],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: positionBytes, target: 34962 },
      { buffer: 0, byteOffset: positionBytes, byteLength: indices.byteLength, target: 34963 },
    ],
    buffers: [{ byteLength: binaryBytes }],
  };
  const json = JSON.stringify(scene);
  // Each chunk is padded to four bytes: JSON with blanks, the binary one with zeros.
  const text = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 4) * 4));
  const paddedBytes = Math.ceil(binaryBytes / 4) * 4;
  const bytes = new Uint8Array(header + chunkHeader + text.length + chunkHeader + paddedBytes);
  const view = new DataView(bytes.buffer);
  const words: [number, number][] = [
    [0, 0x46546c67],
    [4, 2],
    [8, bytes.length],
    [header, text.length],
    [header + 4, 0x4e4f534a],
    [header + chunkHeader + text.length, paddedBytes],
    [header + chunkHeader + text.length + 4, 0x004e4942],
  ];
  for (const [at, word] of words) view.setUint32(at, word, true);
  bytes.set(text, header + chunkHeader);
  const start = header + chunkHeader + text.length + chunkHeader;
  bytes.set(new Uint8Array(positions.buffer), start);
  bytes.set(new Uint8Array(indices.buffer), start + positionBytes);
  return bytes;
}
