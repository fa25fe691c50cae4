import type {
  CardShown,
  TrainerView,
  TrainingPrompt,
  TrainingScreen,
  TrainingScreenChanged,
} from '../../preload/contract/training.ts';
import { isMishap } from './mishap-groups.ts';

const screens: Readonly<Record<TrainingScreen, true>> = {
  splash: true,
  cart: true,
  present_card: true,
  reading: true,
  authorizing: true,
  approved: true,
  declined: true,
};

/** Reads what a trainer sees of the reader; null when it is none. */
export function parseTrainerView(value: unknown): TrainerView | null {
  if (!isObject(value) || !isScreen(value['screen'])) return null;
  const { screen, set } = value;
  return Array.isArray(set) && set.every(isMishap) ? { screen, set } : null;
}

/** Reads what the reader asks a card for; null when it asks for none. */
export function parsePrompt(value: unknown): TrainingPrompt | null {
  const prompt = isObject(value) ? value['prompt'] : null;
  if (!isObject(prompt)) return null;
  switch (prompt['for']) {
    case 'setup':
      return { for: 'setup', amount: null };
    case 'payment':
    case 'refund': {
      const amount = parseAmount(prompt['amount']);
      return amount === null ? null : { for: prompt['for'], amount };
    }
    default:
      return null;
  }
}

function parseAmount(value: unknown): TrainingPrompt['amount'] {
  if (!isObject(value)) return null;
  const { amount, currency } = value;
  return typeof amount === 'number' && typeof currency === 'string' ? { amount, currency } : null;
}

/** Reads what came of showing a card: why it was refused, or that it was not; null when neither. */
export function parseCardShown(
  value: unknown,
): Extract<CardShown, { readonly kind: 'refused' }>['why'] | 'presented' | null {
  if (!isObject(value)) return null;
  if (value['kind'] === 'presented') return 'presented';
  switch (value['why']) {
    case 'reader_not_asking':
    case 'unknown_card':
    case 'card_not_accepted':
      return value['why'];
    default:
      return null;
  }
}

/** Reads whether there was a cancel button to press; null when that is not said. */
export function parsePressed(value: unknown): boolean | null {
  const pressed = isObject(value) ? value['pressed'] : null;
  return typeof pressed === 'boolean' ? pressed : null;
}

/** Whether an event says that a reader's own screen changed. */
export function isScreenChanged(event: unknown): event is TrainingScreenChanged {
  return isObject(event) && event['type'] === 'reader_screen';
}

function isScreen(value: unknown): value is TrainingScreen {
  return typeof value === 'string' && Object.hasOwn(screens, value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
