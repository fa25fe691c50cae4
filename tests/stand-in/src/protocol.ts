import type { CustomScheme, Protocol } from 'electron';
import { notImplemented } from './not-implemented.ts';
import type { SchemeMapping } from './scheme-mapping.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** Which schemes the app has made its own. They must be named before `ready`, as in Electron. */
export class SchemeRegistry {
  private readonly mapping: SchemeMapping;
  private readonly isReady: () => boolean;

  constructor(mapping: SchemeMapping, isReady: () => boolean) {
    this.mapping = mapping;
    this.isReady = isReady;
  }

  register(schemes: readonly CustomScheme[]): void {
    if (this.isReady()) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true || privileges.secure !== true) {
        throw notImplemented(
          `protocol.registerSchemesAsPrivileged: ${scheme} not standard and secure`,
        );
      }
      this.mapping.add(scheme);
    }
  }

  has(scheme: string): boolean {
    return this.mapping.has(scheme);
  }
}

type Implemented = Pick<
  Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
>;

/** `protocol` of one session: the handlers that serve the app's own schemes. */
export class ProtocolImpl implements Implemented {
  private readonly handlers = new Map<string, SchemeHandler>();
  private readonly registry: SchemeRegistry;

  constructor(registry: SchemeRegistry) {
    this.registry = registry;
  }

  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    this.registry.register(schemes);
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!this.registry.has(scheme)) {
      throw notImplemented(`protocol.handle('${scheme}') without registerSchemesAsPrivileged`);
    }
    this.handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme);
  }

  /** The handler that serves this scheme. */
  handlerOf(scheme: string): SchemeHandler | undefined {
    return this.handlers.get(scheme);
  }
}
