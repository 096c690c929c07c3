/**
 * Makes one call of many: `callback` runs once for all that call in the same turn of the event loop. Waking a thread, or
 * a client that waits for its answer, costs more than most of what is done in between.
 */
export function oncePerTurn(callback: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      callback();
    });
  };
}
