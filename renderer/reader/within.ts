/** The SDK did not answer in its time; whether it still will is not known. */
export class SdkSilent extends Error {}

/**
 * What `call` comes to, or a rejection by SdkSilent after `ms` milliseconds. A call that throws instead of answering
 * is a rejection too, so that one handler meets every fault of the SDK.
 */
export function within<Value>(ms: number, call: () => Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const answer = call();
    const limit = setTimeout(() => {
      reject(new SdkSilent(`no answer within ${ms} ms`));
    }, ms);
    answer.finally(() => clearTimeout(limit)).then(resolve, reject);
  });
}
