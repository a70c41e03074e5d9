#!/usr/bin/env -S deno run --allow-net --allow-env --allow-read=. --allow-write=./pictures
// Two pictures of one thing, the second made from the first.
import { Flowith } from "npm:flowith-webapi";

const flowith = Flowith.fromEnv();
const session = flowith.startConversation();

const day = await session.generateImage("A small harbour at noon");
console.log((await day.image.save("./pictures", { filename: "noon.png" })).location);

const night = await session.generateImage("The same harbour at night", { images: [day.image.url] });
console.log((await night.image.save("./pictures", { filename: "night.png" })).location);

const { text } = await session.send("Which of the two would you rather see?");
console.log(text);
