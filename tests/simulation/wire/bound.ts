import type { PaymentsApi } from '../../../main/ports/payments-api.ts';

/** The same port as plain functions, so that another can be made that differs in some of them. */
export function bound(port: PaymentsApi): PaymentsApi {
  return {
    create: (...args) => port.create(...args),
    read: (...args) => port.read(...args),
    lookUp: (...args) => port.lookUp(...args),
    capture: (...args) => port.capture(...args),
    cancel: (...args) => port.cancel(...args),
    confirm: (...args) => port.confirm(...args),
    listPaymentIntents: (...args) => port.listPaymentIntents(...args),
    listEvents: (...args) => port.listEvents(...args),
    setReceiptEmail: (...args) => port.setReceiptEmail(...args),
    createConnectionToken: (...args) => port.createConnectionToken(...args),
    probe: (...args) => port.probe(...args),
  };
}
