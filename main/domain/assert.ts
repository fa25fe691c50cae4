/** Stops the command at hand when something is false that only a bug can make false. */
export function assert(condition: boolean, mustHold: string): asserts condition {
  if (!condition) throw new Error(`Broken assumption: ${mustHold}`);
}

/** Closes a switch over a union: a new member that is not handled does not compile. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
