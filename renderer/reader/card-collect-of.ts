import type { Terminal } from '@stripe/terminal-js';
import type { CollectOrder } from '../../preload/contract/reader.ts';
import type { CardCollect } from './card-collect.ts';
import { paymentCollect } from './payment-collect.ts';
import { refundCollect } from './refund-collect.ts';
import { setupCollect } from './setup-collect.ts';

/** The SDK's way to ask for the card that main wants. */
export function cardCollectOf(terminal: Terminal, order: CollectOrder): CardCollect {
  switch (order.for) {
    case 'payment':
      return paymentCollect(terminal, order);
    case 'setup':
      return setupCollect(terminal, order);
    case 'refund':
      return refundCollect(terminal, order);
  }
}
