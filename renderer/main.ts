import { mount, unmount } from 'svelte';
import App from './App.svelte';
import { windowKiosk } from './bridge/window-kiosk.ts';
import { startReader } from './reader/start-reader.ts';
import Waiting from './screens/Waiting.svelte';
import { StaffState } from './staff/staff-state.svelte.ts';
import { ClockState } from './state/clock.svelte.ts';
import { reportFaults } from './state/report-faults.ts';
import { browserTimers } from './state/timers.ts';
import { VisitState } from './state/visit.svelte.ts';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { textFor } from './text/text.ts';
import type { TrainingCard } from './training/training-cards.ts';
import { presentTrainingCard, trainingChannel } from './training/training-channel.ts';

const bridge = windowKiosk();
reportFaults(window, bridge);

const visit = new VisitState(bridge, browserTimers);
const staff = new StaffState({
  bridge,
  timers: browserTimers,
  onCover: (covers) => {
    visit.hold(covers);
  },
  print: () => {
    window.print();
  },
});
const clock = new ClockState(browserTimers);

const target = document.querySelector('#page');
if (target === null) throw new Error('index.html must hold #page');
const waiting = mount(Waiting, { target, props: { text: textFor('en')('page.starting') } });

const [first] = await Promise.all([
  visit.kiosk.attach(),
  // The words never change their face under a reader's eyes.
  document.fonts.load("1rem 'Instrument Sans'", 'aå'),
]);

await unmount(waiting);
mount(App, {
  target,
  props: {
    first,
    visit,
    staff,
    clock,
    onpresent: (card: TrainingCard) => {
      // A refused card leaves the prompt on the reader, where it was.
      presentTrainingCard(bridge, card).catch(() => undefined);
    },
  },
});
clock.start();

if (first.mode === 'training') {
  const { installSimulatedTerminal } = await import('./training/simulated-terminal/install.ts');
  installSimulatedTerminal(window, trainingChannel(bridge));
}
startReader(bridge, first);
