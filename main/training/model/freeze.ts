/**
 * Freezes a JSON value to its leaves and returns it. Stops at what is frozen already, so a new
 * version of an object that shares most of the old one costs only what is new.
 */
export function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) {
      freeze(inner);
    }
  }
  return value;
}
