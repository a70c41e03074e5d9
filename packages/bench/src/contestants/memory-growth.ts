/** How far the memory of this process rises above where it began, in MiB. */
export class MemoryGrowth {
  readonly #before: number = process.memoryUsage().rss;
  readonly #timer: ReturnType<typeof setInterval>;
  #peak: number = this.#before;

  constructor() {
    this.#timer = setInterval(() => this.#look(), 10);
  }

  stop(): number {
    clearInterval(this.#timer);
    this.#look();
    return (this.#peak - this.#before) / 2 ** 20;
  }

  #look(): void {
    this.#peak = Math.max(this.#peak, process.memoryUsage().rss);
  }
}
