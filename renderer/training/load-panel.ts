import { windowKiosk } from '../bridge/window-kiosk.ts';
import { trainingChannel } from './training-channel.ts';

/** The trainer's panel and its state, fetched when a trainer first opens it: live mode never does. */
export async function loadPanel() {
  const [{ default: TrainerPanel }, { TrainerState }] = await Promise.all([
    import('./TrainerPanel.svelte'),
    import('./trainer.svelte.ts'),
  ]);
  return { TrainerPanel, trainer: new TrainerState(trainingChannel(windowKiosk())) };
}
