import type { KioskBridge, Requests } from '../../preload/contract/contract.ts';
import type { TrainingCard } from './training-cards.ts';

type Params = Requests['training:call']['params'];

/** The way from the simulated reader in the page to its model in main. */
export interface TrainingChannel {
  call(method: string, params: unknown): Promise<unknown>;
  onEvent(listener: (event: unknown) => void): () => void;
}

/** Text and numbers only, as a message carries them: what cannot be written as JSON is left out. */
function plain(params: unknown): Params {
  const parsed: unknown = JSON.parse(JSON.stringify(params ?? null));
  return parsed as Params;
}

/** Carries training calls over the bridge. A refusal rejects with its code. */
export function trainingChannel(bridge: KioskBridge): TrainingChannel {
  return {
    async call(method, params) {
      const answer = await bridge.ask('training:call', { method, params: plain(params) });
      if (!answer.ok) throw new Error(`training:call ${method} was refused: ${answer.error.code}`);
      return answer.value;
    },
    onEvent: (listener) => bridge.on('training:happened', listener),
  };
}

/** Holds a training card to the training reader. */
export async function presentTrainingCard(bridge: KioskBridge, card: TrainingCard): Promise<void> {
  await trainingChannel(bridge).call('present', { testPaymentMethod: card });
}
