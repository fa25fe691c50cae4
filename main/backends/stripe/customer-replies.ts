import { z } from 'zod';
import type { CustomerFacts } from '../../ports/cards-api.ts';
import type { Page } from '../../ports/payments-api.ts';
import { hint, told } from './hint.ts';
import { metadata, textIn } from './metadata.ts';
import { customerIdText } from './stripe-ids.ts';
import { readPage } from './stripe-lists.ts';
import { believed, UnbelievableReply } from './stripe-replies.ts';

/*
 * What is believed of Stripe's Customers: whose it is, and since when, must be right; how they are called and reached
 * are hints. https://docs.stripe.com/api/customers/object
 */

const customer = z.looseObject({
  object: z.literal('customer'),
  id: customerIdText,
  name: hint,
  email: hint,
  phone: hint,
  created: z.int().nonnegative(),
  metadata,
});

const searchResult = z.looseObject({
  object: z.literal('search_result'),
  has_more: z.boolean(),
  next_page: z.string().min(1).nullish(),
  data: z.array(z.unknown()),
});

/** Refuses, by UnbelievableReply, what is no Customer, or another than the one asked for. */
export function readCustomer(
  reply: unknown,
  asked: { readonly id: string } | { readonly memberId: string },
): CustomerFacts {
  const facts = customerOf(reply);
  const isAsked = 'id' in asked ? facts.id === asked.id : facts.memberId === asked.memberId;
  if (!isAsked) throw new UnbelievableReply('the Customer asked for', reply);
  return facts;
}

export function readCustomerPage(reply: unknown): Page<CustomerFacts> {
  const { data, has_more: hasMore } = readPage(reply, 'a list of Customers');
  return { entries: data.map(customerOf), hasMore };
}

/** A page of a search, and the token of the next; null when it was the last. */
export interface SearchPage {
  readonly entries: readonly CustomerFacts[];
  readonly next: string | null;
}

/** Refuses, by UnbelievableReply, what is no such page, or one that goes on and does not say where. */
export function readCustomerSearch(reply: unknown): SearchPage {
  const what = 'a search for Customers';
  const { data, has_more: hasMore, next_page: next } = believed(searchResult, reply, what);
  if (hasMore && (next ?? null) === null) throw new UnbelievableReply(what, reply);
  return { entries: data.map(customerOf), next: hasMore ? (next ?? null) : null };
}

function customerOf(reply: unknown): CustomerFacts {
  const read = believed(customer, reply, 'a Customer');
  return {
    id: read.id,
    memberId: textIn(read.metadata, 'member'),
    name: told(read.name),
    email: told(read.email),
    phone: told(read.phone),
    createdAtMs: read.created * 1_000,
  };
}
