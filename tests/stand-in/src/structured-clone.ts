/**
 * Structured clone over a wire of text, for the browser and for Node alike. A value is written as
 * JSON in which every array is a tagged node, so that what JSON has no words for (undefined, NaN,
 * BigInt, Map, typed arrays, cycles) survives.
 */
export type Wire = null | boolean | string | number | WireNode;

/** A node: what it is, and the parts that it is made of. */
export interface WireNode extends ReadonlyArray<Wire> {
  readonly 0: string;
}

/** Electron's words for a value that structured clone refuses. */
export const cloneRefusal = 'An object could not be cloned.';

/** Writes or reads values that structured clone alone would refuse, such as functions. */
export interface Extension {
  readonly write?: (value: object) => Wire | undefined;
  readonly read?: (node: WireNode) => unknown;
}

const viewConstructors = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

const errorConstructors: Readonly<Record<string, ErrorConstructor>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 32_768) {
    text += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  }
  return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function writeNumber(value: number): Wire {
  if (Object.is(value, -0)) return ['number', '-0'];
  return Number.isFinite(value) ? value : ['number', String(value)];
}

/** Writes a value to the wire. Throws `An object could not be cloned.` for what cannot cross. */
export function writeValue(value: unknown, extension: Extension = {}): Wire {
  const seen = new Map<object, number>();

  const entries = (value: object): Wire[] =>
    Object.entries(value).flatMap(([key, member]) =>
      typeof member === 'symbol' && extension.write ? [] : [key, write(member)],
    );

  const writeObject = (value: object): Wire => {
    const special = extension.write?.(value);
    if (special !== undefined) return special;
    const known = seen.get(value);
    if (known !== undefined) return ['same', known];
    const id = seen.size;
    seen.set(value, id);
    if (Array.isArray(value)) return ['array', id, value.length, ...entries(value)];
    if (value instanceof Map) {
      return ['map', id, ...[...value].flatMap(([key, member]) => [write(key), write(member)])];
    }
    if (value instanceof Set) return ['set', id, ...[...value].map(write)];
    if (value instanceof Date) return ['date', id, writeNumber(value.getTime())];
    if (value instanceof RegExp) return ['regexp', id, value.source, value.flags];
    if (value instanceof Error) return ['error', id, value.name, value.message, value.stack ?? ''];
    if (value instanceof ArrayBuffer) return ['buffer', id, toBase64(new Uint8Array(value))];
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return ['view', id, Object.prototype.toString.call(value).slice(8, -1), toBase64(bytes)];
    }
    if (value instanceof Boolean || value instanceof Number || value instanceof String) {
      return ['boxed', id, write(value.valueOf())];
    }
    if (Object.prototype.toString.call(value) !== '[object Object]') throw new Error(cloneRefusal);
    return ['object', id, ...entries(value)];
  };

  const write = (value: unknown): Wire => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'undefined':
        return ['undefined'];
      case 'number':
        return writeNumber(value);
      case 'bigint':
        return ['bigint', value.toString()];
      case 'object':
        return value === null ? null : writeObject(value);
      case 'function': {
        const special = extension.write?.(value);
        if (special !== undefined) return special;
        throw new Error(cloneRefusal);
      }
      case 'symbol':
        throw new Error(cloneRefusal);
    }
  };

  return write(value);
}

/** Writes a value as Electron's IPC does: by the platform's own structured clone, and no wider. */
export function writeClone(value: unknown): Wire {
  let clone: unknown;
  try {
    clone = structuredClone(value);
  } catch (cause) {
    throw new Error(cloneRefusal, { cause });
  }
  return writeValue(clone);
}

/** Reads a value back from the wire. */
export function readValue(wire: Wire, extension: Extension = {}): unknown {
  const seen = new Map<Wire, object>();

  const keep = <T extends object>(id: Wire | undefined, value: T): T => {
    if (id !== undefined) seen.set(id, value);
    return value;
  };

  const fill = (target: object, parts: readonly Wire[]): object => {
    for (let at = 0; at < parts.length; at += 2) {
      const value = read(parts[at + 1] ?? null);
      Object.defineProperty(target, String(parts[at]), {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
    return target;
  };

  const readView = (id: Wire | undefined, name: string, text: string): object => {
    const { buffer } = fromBase64(text);
    if (name === 'DataView') return keep(id, new DataView(buffer));
    const known = Object.entries(viewConstructors).find(([key]) => key === name);
    if (!known) throw new Error(cloneRefusal);
    return keep(id, new known[1](buffer));
  };

  const readError = (id: Wire | undefined, name: string, message: string, stack: string) => {
    const error = new (errorConstructors[name] ?? Error)(message);
    Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
    return keep(id, error);
  };

  const readNode = (node: WireNode): unknown => {
    const [tag, id, ...rest] = node;
    switch (tag) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(id);
      case 'bigint':
        return BigInt(String(id));
      case 'same':
        return seen.get(id ?? null);
      case 'object':
        return fill(keep(id, {}), rest);
      case 'array': {
        const array: unknown[] = [];
        array.length = Number(rest[0]);
        return fill(keep(id, array), rest.slice(1));
      }
      case 'map': {
        const map = keep(id, new Map<unknown, unknown>());
        for (let at = 0; at < rest.length; at += 2) {
          map.set(read(rest[at] ?? null), read(rest[at + 1] ?? null));
        }
        return map;
      }
      case 'set': {
        const set = keep(id, new Set<unknown>());
        for (const member of rest) set.add(read(member));
        return set;
      }
      case 'date':
        return keep(id, new Date(Number(read(rest[0] ?? null))));
      case 'regexp':
        return keep(id, new RegExp(String(rest[0]), String(rest[1])));
      case 'error':
        return readError(id, String(rest[0]), String(rest[1]), String(rest[2]));
      case 'buffer':
        return keep(id, fromBase64(String(rest[0])).buffer);
      case 'view':
        return readView(id, String(rest[0]), String(rest[1]));
      case 'boxed':
        return keep(id, new Object(read(rest[0] ?? null)));
      default:
        if (extension.read) return extension.read(node);
        throw new Error(`unknown on the wire: ${tag}`);
    }
  };

  const read = (wire: Wire): unknown =>
    typeof wire === 'object' && wire !== null ? readNode(wire) : wire;

  return read(wire);
}
