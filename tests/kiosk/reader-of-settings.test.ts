import { expect, it } from 'vitest';
import { readerId } from '../../main/domain/ids.ts';
import type { Backend } from '../../main/open-backend.ts';
import type { ReaderChoice } from '../../main/ports/reader-book.ts';
import { readerOfSettings, readerPlace } from '../../main/screen-setup.ts';

const serverDriven = { integration: 'server_driven' } as const;
const location = null;

function backend(
  id: string | null,
  readers: Backend['readers'],
): Pick<Backend, 'reader' | 'readers'> {
  return { reader: { location, id }, readers };
}

it('leaves a reader without a name to the page, which alone can find the only one there is', () => {
  const settings = { stripe: { ...serverDriven } } as Parameters<typeof readerOfSettings>[1];

  expect(readerOfSettings(backend(null, null), settings)).toEqual({
    readerId: null,
    integration: 'sdk',
  });
  expect(readerOfSettings(backend('tmr_desk', null), settings)).toEqual({
    readerId: readerId('tmr_desk'),
    integration: 'server_driven',
  });
});

it('leaves every reader to the page where the system behind the kiosk leads none', () => {
  const desk = { readerId: readerId('tmr_desk'), label: 'Desk', isShared: false, ...serverDriven };
  const choice: ReaderChoice = { main: desk, spare: null, using: 'main' };
  const readers = {} as NonNullable<Backend['readers']>;

  expect(readerPlace(backend('tmr_desk', null), choice).integration).toBe('sdk');
  expect(readerPlace(backend('tmr_desk', readers), choice).integration).toBe('server_driven');
});
