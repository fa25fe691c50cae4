import type { Reader } from '@stripe/terminal-js';

/** A reader as discovery lists it; only what the driver reads is there. */
export function aReader(id = 'tmr_front', label = 'Front desk'): Reader {
  return { id, label } as Reader;
}
