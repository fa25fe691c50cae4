import type { ErrorResponse } from '@stripe/terminal-js';

import { notModelled } from './sdk-error.ts';

/**
 * The methods of Stripe's SDK that training mode has no model for. Each resolves to an error that
 * says so; none pretends to succeed.
 */
export class UnmodelledMethods {
  readReusableCard(): Promise<ErrorResponse> {
    return notModelled('readReusableCard');
  }

  cancelReadReusableCard(): Promise<ErrorResponse> {
    return notModelled('cancelReadReusableCard');
  }

  collectInputs(): Promise<ErrorResponse> {
    return notModelled('collectInputs');
  }

  cancelCollectInputs(): Promise<ErrorResponse> {
    return notModelled('cancelCollectInputs');
  }

  setReaderSettings(): Promise<ErrorResponse> {
    return notModelled('setReaderSettings');
  }

  getReaderSettings(): Promise<ErrorResponse> {
    return notModelled('getReaderSettings');
  }

  print(): Promise<ErrorResponse> {
    return notModelled('print');
  }

  /** Returns nothing in Stripe's SDK, so refusing is all it can do. */
  overrideBaseURL(): void {
    throw new Error('Training mode does not model overrideBaseURL.');
  }
}
