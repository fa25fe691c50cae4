import { describe, expect, it } from 'vitest';
import { saleId } from '../../main/domain/ids.ts';
import type { FileChecked, StorageCare } from '../../main/ports/storage-care.ts';
import { Housekeeping } from '../../main/services/housekeeping.ts';
import { keptLog } from '../support/fakes/kept-log.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';

const hour = 3_600_000;
const damagedSale = saleId('sale_0mi1kqbas00damaged00001');

class FakeCare implements StorageCare {
  checks = 0;
  backups = 0;
  room = true;
  diskIsFull = false;
  result: FileChecked = { sound: true, damaged: [] };
  refusal: Error | null = null;

  check(): Promise<FileChecked> {
    this.checks += 1;
    return Promise.resolve(this.result);
  }

  backUp(): Promise<void> {
    if (this.refusal !== null) return Promise.reject(this.refusal);
    this.backups += 1;
    return Promise.resolve();
  }

  hasRoom(): boolean {
    return this.room;
  }

  makeRoom(): void {
    this.room = !this.diskIsFull;
  }
}

function kept(care: FakeCare) {
  const clock = new VirtualClock();
  const mended: string[] = [];
  const house = new Housekeeping({
    care,
    clock,
    log: keptLog().log,
    mend: (id) => mended.push(id),
    onUnsound: () => mended.push('unsound'),
    onChange: () => undefined,
  });
  house.start();
  return { house, clock, mended };
}

describe('the file that remembers', () => {
  it('is looked through after the start and once a day', async () => {
    const care = new FakeCare();
    const { house, clock } = kept(care);
    expect(care.checks).toBe(0);

    await clock.advance(10_000);
    expect(care.checks).toBe(1);
    expect(house.health.check?.sound).toBe(true);
    await clock.advance(24 * hour);
    expect(care.checks).toBe(2);

    await house.close();
  });

  it('is copied every hour, and the next hour again after a copy failed', async () => {
    const care = new FakeCare();
    const { house, clock } = kept(care);
    care.refusal = new Error('the backup folder is full');
    await clock.advance(120_000);
    expect(house.health).toMatchObject({ backup: null, fault: 'the backup folder is full' });

    care.refusal = null;
    await clock.advance(hour);
    expect(care.backups).toBe(1);
    expect(house.health.fault).toBeNull();

    await house.close();
  });

  it('has its damaged sales mended, each by name', async () => {
    const care = new FakeCare();
    care.result = { sound: true, damaged: [damagedSale] };
    const { house, clock, mended } = kept(care);

    await clock.advance(10_000);
    await house.close();

    expect(mended).toEqual([damagedSale]);
    expect(house.health.check?.damaged).toBe(1);
  });

  it('gets its room back within a minute of the disk having some', async () => {
    const care = new FakeCare();
    care.room = false;
    care.diskIsFull = true;
    const { house, clock } = kept(care);
    await clock.advance(10 * 60_000);
    expect(house.health.hasRoom).toBe(false);

    care.diskIsFull = false;
    await clock.advance(60_000);

    expect(house.health.hasRoom).toBe(true);
    await house.close();
  });
});
