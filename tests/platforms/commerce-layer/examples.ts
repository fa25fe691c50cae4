/** The examples of "Create a stripe payment", as they stand there. */
export const commerceLayerExamples = {
  // Example: the request
  request: {
    data: {
      type: 'stripe_payments',
      attributes: {
        stripe_id: 'pi_1234XXX',
        client_secret: 'pi_1234XXX_secret_5678YYY',
      },
      relationships: { order: { data: { type: 'orders', id: 'ABCRtyUpBa' } } },
    },
  },
  // "On success, the API responds with a 201 Created status code"
  response: {
    data: {
      id: 'XAyRWNUzyN',
      type: 'stripe_payments',
      links: { self: 'https://yourdomain.commercelayer.io/api/stripe_payments/XAyRWNUzyN' },
      attributes: {
        stripe_id: 'pi_1234XXX',
        client_secret: 'pi_1234XXX_secret_5678YYY',
        connected_account: 'acct_xxxx-yyyy-zzzz',
        charge_id: 'ch_1234XXX',
        publishable_key: 'pk_live_xxxx-yyyy-zzzz',
        on_behalf_of: 'xxxx-yyyy-zzzz',
        transfer_group: 'xxxx-yyyy-zzzz',
        options: { customer: 'cus_xxx', payment_method: 'pm_xxx' },
        payment_method: { id: 'pm_xxx' },
        mismatched_amounts: false,
        return_url: 'https://yourdomain.com/thankyou',
        receipt_email: '[email protected]',
        payment_instrument: { issuer: 'cl bank', card_type: 'visa' },
        created_at: '2018-01-01T12:00:00.000Z',
        updated_at: '2018-01-01T12:00:00.000Z',
        reference: 'ANY-EXTERNAL-REFEFERNCE',
        reference_origin: 'ANY-EXTERNAL-REFEFERNCE-ORIGIN',
        metadata: { foo: 'bar' },
      },
      relationships: {
        order: {
          links: {
            self: 'https://yourdomain.commercelayer.io/api/stripe_payments/XAyRWNUzyN/relationships/order',
            related: 'https://yourdomain.commercelayer.io/api/stripe_payments/XAyRWNUzyN/order',
          },
        },
        payment_gateway: {
          links: {
            self: 'https://yourdomain.commercelayer.io/api/stripe_payments/XAyRWNUzyN/relationships/payment_gateway',
            related:
              'https://yourdomain.commercelayer.io/api/stripe_payments/XAyRWNUzyN/payment_gateway',
          },
        },
        versions: {
          links: {
            self: 'https://yourdomain.commercelayer.io/api/stripe_payments/XAyRWNUzyN/relationships/versions',
            related: 'https://yourdomain.commercelayer.io/api/stripe_payments/XAyRWNUzyN/versions',
          },
        },
        event_stores: {
          links: {
            self: 'https://yourdomain.commercelayer.io/api/stripe_payments/XAyRWNUzyN/relationships/event_stores',
            related:
              'https://yourdomain.commercelayer.io/api/stripe_payments/XAyRWNUzyN/event_stores',
          },
        },
      },
      meta: {
        mode: 'test',
        organization_id: 'xRRkjDFafe',
        trace_id: '69abaa3545913c78132e5578bd26208d44aa9043647d78698fd0021f3958cd74',
      },
    },
  },
} as const;
