/** How often to look whether the parent is still there, in milliseconds. */
const everyMs = 500;

/**
 * Calls `end` once when the process that started this one is gone: npm passes no signal on to what its shell runs, so
 * a supervisor that stops npm would leave us behind.
 */
export function endWithParent(end: () => void): void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    end();
  }, everyMs);
  look.unref();
}
