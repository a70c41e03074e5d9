import { AspectRatio, Flowith } from "flowith-webapi";

const { image } = await Flowith.fromEnv().generateImage("A ripe banana on marble", {
  aspectRatio: AspectRatio.Landscape,
  onProgress: ({ phase, elapsedMs }) => console.log(phase, elapsedMs),
});
const { location, sizeBytes } = await image.save("./outputs");
console.log(location, sizeBytes);
