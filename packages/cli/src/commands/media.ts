import type { Command } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";
import { aspectRatio } from "./aspect-ratio.ts";
import { collect } from "./collect.ts";
import { positiveNumber } from "./number-option.ts";
import { addSaveOptions } from "./save-options.ts";

export function addMediaCommands(program: Command, act: Act): void {
  addImage(program, act);
  addVideo(program, act);
  addExamples(
    program
      .command("upload")
      .description("store files at the service, up to 20 MiB each; prints an address a line")
      .argument("<path-or-url...>", "several are uploaded one after the other; - is what is piped in")
      .option("--name <name>", "what the file is called there"),
    "flowith upload report.pdf",
    "flowith upload *.png --json | jq -r '.[].url'",
    "tar c notes | flowith upload - --name notes.tar",
  ).action(act(async () => (await import("../actions/upload.ts")).upload));
}

function promptCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument("[prompt...]", "words are joined; without any, or with -, the prompt is read from stdin")
    .option("-m, --model <id>", "see `flowith models`");
}

function addImage(program: Command, act: Act): void {
  const command = promptCommand(program, "image", "one picture; saved under a free name, whose path is printed")
    .option("-r, --aspect-ratio <ratio>", "such as 16:9, as far as the model has it (default: 1:1)", aspectRatio)
    .option("--size <size>", "512, 1k, 2k or 4k, as far as the model has it (default: 512)")
    .option("-i, --image <path-or-url>", "a picture to work from; may be given several times", collect);
  addExamples(
    addJobOptions(addSaveOptions(command)),
    'flowith image "A lighthouse at dusk" --aspect-ratio 16:9',
    'flowith image "The same at night" --image lighthouse.png --output night.png',
    'flowith image "A logo" --output - | magick - logo.ico',
    "flowith image --detach 'A long one' > id.txt",
  ).action(act(async () => (await import("../actions/image.ts")).image));
}

function addVideo(program: Command, act: Act): void {
  const command = promptCommand(program, "video", "one clip, which takes minutes; Ctrl-C ends the waiting, not the job")
    .option("-r, --aspect-ratio <ratio>", "such as 9:16, as far as the model has it (default: 16:9)", aspectRatio)
    .option("--resolution <resolution>", "such as 720p (default: 480p)")
    .option("--duration <seconds>", "as far as the model has it (default: the model's)", positiveNumber)
    .option("--no-audio", "a silent clip")
    .option("-i, --image <path-or-url>", "the first frame; a second one is the last frame", collect);
  addExamples(
    addJobOptions(addSaveOptions(command)),
    'flowith video "Waves on a beach" --duration 5',
    'flowith video "It begins to rain" --image lighthouse.png --output rain.mp4 --open',
  ).action(act(async () => (await import("../actions/video.ts")).video));
}

function addJobOptions(command: Command): Command {
  return command
    .option("-c, --conversation <id>", "put it into a conversation on the canvas")
    .option("--detach", "do not wait: print the job's id, for `flowith jobs wait`")
    .option("--no-stdin", "do not read what is piped in");
}
