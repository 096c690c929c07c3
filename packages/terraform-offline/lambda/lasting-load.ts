/** Load has lasted when it took all there was for this long. */
const LASTING_MS = 5000;

/** After a pause of this length it is another load. */
const PAUSE_MS = 200;

/** Tells load that lasts from a burst. */
export class LastingLoad {
  private fullMs = 0;
  private seenAt = 0;

  /**
   * To be told, again and again while there is load, whether it takes all there is.
   * @returns whether that has lasted by now, moments of less outweighed; begins anew when it has
   */
  hasLasted(isFull: boolean): boolean {
    const now = performance.now();
    const since = now - this.seenAt;
    this.seenAt = now;
    this.fullMs = since > PAUSE_MS ? 0 : Math.max(0, this.fullMs + (isFull ? since : -since));
    if (this.fullMs < LASTING_MS) return false;
    this.fullMs = 0;
    return true;
  }
}
