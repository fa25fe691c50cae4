import { EventEmitter } from 'node:events';
import { notImplemented } from './not-implemented.ts';

/** An event emitter that refuses to be listened to for an event which it would never emit. */
export class StandInEmitter extends EventEmitter {
  constructor(name: string, events: readonly string[]) {
    super();
    this.setMaxListeners(0);
    const known = new Set<string | symbol>([...events, 'newListener', 'removeListener']);
    this.on('newListener', (event: string | symbol) => {
      if (!known.has(event)) throw notImplemented(`${name}.on('${String(event)}')`);
    });
  }
}

/** An event as Electron hands it to listeners: `preventDefault()` is remembered. */
export interface PreventableEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** Makes an event that carries `details` and can be prevented. */
export function makeEvent<T extends object>(details: T): T & PreventableEvent {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault(): void {
      event.defaultPrevented = true;
    },
  };
  return event;
}
