import type { Order } from '../domain/order.ts';

/** SHA-256 of an order, in hex: what a PaymentIntent's `metadata.order` holds. */
export type OrderHash = (order: Order) => string;
