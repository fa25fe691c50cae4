import { render } from 'svelte/server';
import type { KioskBridge } from '../../../preload/contract/contract.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import App from '../../../renderer/App.svelte';
import { StaffState } from '../../../renderer/staff/staff-state.svelte.ts';
import { ClockState } from '../../../renderer/state/clock.svelte.ts';
import type { Timers } from '../../../renderer/state/timers.ts';
import { VisitState } from '../../../renderer/state/visit.svelte.ts';

/** A screen that is only looked at: nothing on it ever becomes due. */
const stoppedTimers: Timers = {
  now: () => 0,
  after: () => 0,
  cancel: () => undefined,
};

/** The heading and the sentences that a customer reads, from the real screen of this snapshot. */
export async function wordsOnScreen(snapshot: Snapshot): Promise<string> {
  const bridge: KioskBridge = {
    ask: () => Promise.resolve({ ok: true, value: snapshot as never }),
    on: () => () => undefined,
  };
  const visit = new VisitState(bridge, stoppedTimers);
  const first = await visit.kiosk.attach();
  const { body } = render(App, {
    props: {
      first,
      visit,
      staff: new StaffState({
        bridge,
        timers: stoppedTimers,
        onCover: () => undefined,
        print: () => undefined,
      }),
      clock: new ClockState(stoppedTimers),
      onpresent: () => undefined,
    },
  });
  return readIn(body);
}

/** Drawings, buttons, the foot with the amount and the code, and words that only keep room for others are left out. */
function readIn(html: string): string {
  const [, fromHeading = ''] = html.split(/(?=<h1)/, 2);
  const [sentences = ''] = fromHeading.split(/<div class="(?:foot|actions)/, 1);
  const read = sentences
    .replaceAll(/<!--.*?-->|<svg.*?<\/svg>|<button.*?<\/button>/gs, '')
    .replaceAll(/<(\w+)[^>]*aria-hidden="true"[^>]*>[^<]*<\/\1>/g, '')
    .replaceAll(/<\/(?:h1|p|div)>/g, '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&');
  const lines = read.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' / ');
}
