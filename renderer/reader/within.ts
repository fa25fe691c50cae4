/** The SDK did not answer in its time; whether it still will is not known. */
export class SdkSilent extends Error {}

/** The promise's value, or a rejection by SdkSilent after `ms` milliseconds. */
export function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new SdkSilent(`no answer within ${ms} ms`));
    }, ms);
    promise.then(resolve, reject).finally(() => {
      clearTimeout(limit);
    });
  });
}
