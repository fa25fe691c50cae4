import type { KioskMachine } from '../kiosk/kiosk-machine.ts';
import type { OtherTill } from '../people/other-till.ts';
import type { ReaderStaff } from '../people/reader-staff.ts';
import type { ReaderMoment } from '../plan/reader-fault.ts';
import { mainReader, type ModelReaders } from '../stripe/model-readers.ts';
import { isLive } from '../stripe/reader-slot.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import type { Agenda } from '../time/agenda.ts';

export interface ReaderMomentParts {
  readonly agenda: Agenda;
  readonly stripe: StripeModel;
  readonly readers: ModelReaders;
  readonly machine: KioskMachine;
  readonly otherTill: OtherTill;
  readonly readerStaff: ReaderStaff;
}

/** Lets what is tied to a moment of a sale happen to the kiosk's reader. `tell` counts it once it has taken effect. */
export function happenToReader(
  parts: ReaderMomentParts,
  fault: ReaderMoment,
  tell: (detail?: string) => void,
): void {
  const { agenda, stripe, machine, otherTill, readerStaff } = parts;
  const reader = parts.readers.get(mainReader);
  switch (fault.kind) {
    case 'reader_offline':
      tell();
      reader.goOffline(fault.forMs);
      return;
    case 'reader_updates':
      tell();
      reader.update(fault.forMs);
      return;
    case 'reader_in_use':
      if (isLive(reader.slot)) return;
      if (otherTill.take(reader, 'prompt', fault.forMs)) tell();
      return;
    case 'reader_events': {
      const { troubles } = stripe.events;
      tell(fault.how);
      troubles.readers = fault.how;
      agenda.after(fault.forMs, () => {
        troubles.readers = null;
      });
      return;
    }
    case 'reader_freed':
      if (!machine.isUp) return;
      readerStaff.begin(async () => {
        const outcome = await readerStaff.free(mainReader, fault.thinksMs);
        if (outcome !== null) tell(outcome);
      });
  }
}
