/**
 * Ends this turn of the event loop, so that messages, timers and a page's frames get theirs. A timer of 0 would do, but
 * browsers make it 4 milliseconds.
 */
export function letOthersRun(): Promise<void> {
  if (typeof setImmediate === "function") return new Promise((resolve) => void setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
