/**
 * An API whose every call goes to the one that is current when it is made: on which account the payments are is
 * learned while the kiosk runs.
 */
export function onKnownAccount<Api extends object>(current: () => Api): Api {
  return new Proxy(current(), {
    get: (_first, name): unknown => Reflect.get(current(), name),
  });
}
