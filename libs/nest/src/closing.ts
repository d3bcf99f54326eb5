/** Says that the service is about to stop: whoever keeps a response open (a stream of events) ends it on `signal`. */
export class Closing {
  private readonly controller = new AbortController();
  readonly signal = this.controller.signal;
  begin(): void {
    this.controller.abort();
  }
}
