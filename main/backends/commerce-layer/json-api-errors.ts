import { z } from 'zod';

/** One error of Commerce Layer's, as far as it is told to staff. */
export interface JsonApiError {
  /** Such as `RECORD_NOT_FOUND`; null where none is given. */
  readonly code: string | null;
  /** What of the request it is about, such as `/data/relationships/order`; null for none of it. */
  readonly pointer: string | null;
}

const short = z.string().max(200).nullish().catch(null);

const errorBody = z.looseObject({
  errors: z
    .array(
      z.looseObject({
        code: short,
        source: z.looseObject({ pointer: short }).nullish().catch(null),
      }),
    )
    .min(1),
});

/** The errors of a JSON:API body; null for a body that has none. https://jsonapi.org/format/#errors */
export function errorsIn(body: unknown): readonly JsonApiError[] | null {
  const read = errorBody.safeParse(body);
  if (!read.success) return null;
  return read.data.errors.map(({ code, source }) => ({
    code: code ?? null,
    pointer: source?.pointer ?? null,
  }));
}

/** The first error's code as one short word, such as `record_not_found`. */
export function codeOf(errors: readonly JsonApiError[]): string {
  const code = errors[0]?.code ?? '';
  return /^\w{1,60}$/.test(code) ? code.toLowerCase() : 'commerce_layer_error';
}

/**
 * What staff are told: one sentence for each error, from its code and from what it points at. Its own `detail` is not
 * repeated, for it may repeat what was sent, a client secret among it.
 */
export function sentenceOf(errors: readonly JsonApiError[]): string {
  return [...new Set(errors.map(sentence))].join(' ');
}

function sentence(error: JsonApiError): string {
  const field = fieldOf(error.pointer);
  switch (error.code) {
    case 'INVALID_TOKEN':
    case 'UNAUTHORIZED':
      return 'Commerce Layer does not take this kiosk’s access token: it is wrong, has expired, or may not do this.';
    case 'RECORD_NOT_FOUND':
      return `Commerce Layer does not know ${field ?? 'what was asked for'}.`;
    case 'VALIDATION_ERROR':
      return `Commerce Layer does not accept ${field ?? 'this payment'}.`;
    case null:
    default:
      return field === null
        ? `Commerce Layer refused this (${codeOf([error])}).`
        : `Commerce Layer refused this because of ${field} (${codeOf([error])}).`;
  }
}

const fields: ReadonlyMap<string, string> = new Map([
  ['order', 'the order'],
  ['stripe_id', 'the PaymentIntent'],
  ['client_secret', 'the PaymentIntent’s secret'],
  ['payment_gateway', 'the order’s payment gateway'],
  ['reference', 'the sale’s number'],
  ['receipt_email', 'the address for the receipt'],
]);

/** `/data/relationships/order/data/id` is about the order: its last word that is a name of the document's. */
function fieldOf(pointer: string | null): string | null {
  const steps = pointer?.split('/') ?? [];
  const known = steps.findLast((step) => fields.has(step));
  if (known !== undefined) return fields.get(known) ?? null;
  const last = steps.findLast((step) => /^[a-z_]{2,40}$/.test(step) && !around.has(step));
  return last === undefined ? null : `its field “${last}”`;
}

/** Words of JSON:API itself, which name nothing of the payment. */
const around: ReadonlySet<string> = new Set(['data', 'attributes', 'relationships', 'id', 'type']);
