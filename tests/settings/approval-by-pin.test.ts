import { expect, it } from 'vitest';
import type { ApprovalRequest } from '../../main/ports/approval.ts';
import { approvalByPin } from '../../main/settings/approval-by-pin.ts';
import { openStaffPin } from '../../main/settings/staff-pin.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';

const tempFolder = tempFolders();
const rightPin = '2749';
const wrongPin = '9462';

function asking(proof: string | null): ApprovalRequest {
  return { what: 'refund', amount: { amount: 500, currency: 'usd' }, by: 'Ada', proof };
}

async function pinOf(pin: string | null) {
  const keeper = openStaffPin(tempFolder(), new VirtualClock());
  if (pin !== null) await keeper.set(pin, null);
  return keeper;
}

it('is given for the right PIN alone', async () => {
  const approval = approvalByPin(await pinOf(rightPin), true);

  expect(await approval.ask(asking(rightPin))).toEqual({ kind: 'approved', by: 'staff PIN' });
  expect(await approval.ask(asking(wrongPin))).toEqual({ kind: 'refused', why: 'proof_wrong' });
});

it('asks for the PIN where none was typed, and counts that as no try', async () => {
  const pin = await pinOf(rightPin);
  const approval = approvalByPin(pin, true);

  for (let time = 0; time < 6; time += 1) {
    expect(await approval.ask(asking(null))).toEqual({ kind: 'refused', why: 'proof_wanted' });
    expect(await approval.ask(asking(''))).toEqual({ kind: 'refused', why: 'proof_wanted' });
  }
  expect(pin.state()).toEqual({ kind: 'set' });
});

it('shares its wrong tries with the staff page’s door', async () => {
  const pin = await pinOf(rightPin);
  const approval = approvalByPin(pin, true);
  for (let time = 0; time < 3; time += 1) await approval.ask(asking(wrongPin));
  await pin.check(wrongPin);

  expect(await approval.ask(asking(wrongPin))).toEqual({ kind: 'refused', why: 'locked_out' });
  expect(await approval.ask(asking(rightPin))).toEqual({ kind: 'refused', why: 'locked_out' });
  expect(pin.state()).toMatchObject({ kind: 'locked_out' });
});

it('is given to nobody where there is no PIN', async () => {
  const approval = approvalByPin(await pinOf(null), true);

  expect(await approval.ask(asking(rightPin))).toEqual({ kind: 'refused', why: 'proof_wrong' });
});

it('needs no PIN where the studio asks for none, and names whoever asked', async () => {
  const approval = approvalByPin(await pinOf(rightPin), false);

  expect(await approval.ask(asking(null))).toEqual({ kind: 'approved', by: 'Ada' });
});
