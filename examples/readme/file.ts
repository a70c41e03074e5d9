import { Flowith } from "flowith-webapi";

const flowith = Flowith.fromEnv();
const file = await flowith.uploadFile("./notes.md"); // or a URL, Blob, File, bytes, stream, Response
console.log(await flowith.generate(`Sum this up: ${file.reference}`).then(String));
