/** What has to come about before requests should be sent here, and what has to stay so. */
export class Readiness {
  private readonly awaited = new Set<string>();
  private readonly checks: (() => Promise<string | undefined>)[] = [];

  /** Not ready, for this reason, until the function returned is called. */
  until(reason: string): () => void {
    this.awaited.add(reason);
    return () => void this.awaited.delete(reason);
  }

  /** Asked whenever readiness is: a reason where something is amiss. One that throws is a reason too. */
  check(probe: () => Promise<string | undefined>): void {
    this.checks.push(probe);
  }

  /** Empty where ready. */
  async reasons(): Promise<readonly string[]> {
    const asked = await Promise.all(this.checks.map((probe) => probe().catch(() => 'a check of the service failed')));
    return [...this.awaited, ...asked.filter((reason) => reason !== undefined)];
  }
}
