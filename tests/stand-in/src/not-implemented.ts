/** Names that the language and its tools look for on any object; to them a missing member is an answer. */
const askedOfEverything: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'constructor',
  'asymmetricMatch',
  'nodeType',
  'inspect',
  'default',
  '__esModule',
  'window',
]);

/** Makes the error that every missing part of Electron answers with. */
export function notImplemented(name: string): Error {
  return new Error(`not implemented by the stand-in: ${name}`);
}

type Callable = (...args: unknown[]) => unknown;

/**
 * Presents what is implemented of one of Electron's objects as the whole of it. Any other member
 * throws `not implemented by the stand-in: <name>.<member>` when it is read, so nothing is ever
 * silently left out; that is what makes the type `T` honest.
 */
// Only the caller knows which of Electron's types is being presented.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- see the line above
export function refuseTheRest<T extends object>(name: string, implemented: object): T {
  const methods = new WeakMap<Callable, Callable>();

  /** A method runs on the object itself, which compares itself by identity, and not on its front. */
  const onObject = (method: Callable): Callable => {
    const known = methods.get(method);
    if (known) return known;
    const made: Callable = (...args) => {
      const result = Reflect.apply(method, implemented, args);
      return result === implemented ? front : result;
    };
    methods.set(method, made);
    return made;
  };

  const front: object = new Proxy(implemented, {
    get(target, property): unknown {
      if (property in target || typeof property === 'symbol') {
        const member: unknown = Reflect.get(target, property, target);
        return typeof member === 'function' && property !== 'constructor'
          ? onObject(member as Callable)
          : member;
      }
      if (askedOfEverything.has(property)) return undefined;
      throw notImplemented(`${name}.${property}`);
    },
  });
  return front as T;
}

/** Presents one of Electron's exports of which nothing is implemented: any use of it throws. */
export function refuseAll(name: string): object {
  function refuse(): never {
    throw notImplemented(name);
  }
  return new Proxy(refuse, {
    get(_target, property): unknown {
      if (typeof property === 'symbol' || askedOfEverything.has(property)) return undefined;
      throw notImplemented(`${name}.${property}`);
    },
    construct: refuse,
    apply: refuse,
  });
}
