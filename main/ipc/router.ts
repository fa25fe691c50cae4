import { faultMessage } from '../domain/fault-message.ts';
import { type CommandName, commandNames } from '../../preload/contract/channels.ts';
import { type Requests, requestSchemas, type Responses } from '../../preload/contract/contract.ts';
import type { Envelope, RefusalCode } from '../../preload/contract/envelope.ts';
import type { Log } from '../ports/log.ts';

export type Handler<Name extends CommandName> = (
  request: Requests[Name],
) => Envelope<Responses[Name]> | Promise<Envelope<Responses[Name]>>;

export type Handlers = { readonly [Name in CommandName]: Handler<Name> };

export type Ask = (channel: string, request: unknown) => Promise<Envelope<unknown>>;

export function done<Value>(value: Value): Envelope<Value> {
  return { ok: true, value };
}

/** `code` is also the key of the sentence the window shows. */
export function refused(code: RefusalCode): Envelope<never> {
  const retryable = code === 'not_now' || code === 'unavailable';
  return { ok: false, error: { code, messageKey: code, retryable } };
}

/**
 * From a channel's name and whatever came over it to an envelope. Parses every request by its schema and
 * refuses unknown keys; nothing is thrown back. The transport only carries this; there is no second way in.
 */
export function router(handlers: Handlers, log: Log): Ask {
  return async (channel, request) => {
    const name = commandNames.find((command) => command === channel);
    if (name === undefined) {
      log.write('warn', 'ipc.refused', { channel: channel.slice(0, 60), why: 'no such command' });
      return refused('bad_request');
    }
    return carried(handlers, name, request, log);
  };
}

/** The schema of a name makes exactly what the handler of that name takes; two maps can't say so in types. */
type AnyHandler = (request: unknown) => Envelope<unknown> | Promise<Envelope<unknown>>;

async function carried(
  handlers: Handlers,
  name: CommandName,
  request: unknown,
  log: Log,
): Promise<Envelope<unknown>> {
  const parsed = parse(name, request);
  if (parsed.kind === 'refused') {
    log.write('warn', 'ipc.refused', { channel: name, field: parsed.field, why: parsed.why });
    return refused('bad_request');
  }
  try {
    const handle = handlers[name] as AnyHandler;
    return await handle(parsed.value);
  } catch (error) {
    const why = faultMessage(error);
    log.write('error', 'ipc.failed', { channel: name, why });
    return refused('internal');
  }
}

function parse(
  name: CommandName,
  request: unknown,
):
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly field: string | undefined; readonly why: string } {
  try {
    const parsed = requestSchemas[name].safeParse(request);
    if (parsed.success) return { kind: 'parsed', value: parsed.data };
    const [issue] = parsed.error.issues;
    return {
      kind: 'refused',
      field: issue?.path.join('.'),
      why: issue?.code ?? 'not understood',
    };
  } catch {
    // Nested without end: that breaks the parser itself.
    return { kind: 'refused', field: undefined, why: 'nested too deep' };
  }
}
