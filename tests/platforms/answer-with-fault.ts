import type { PlatformFault } from './faults.ts';
import {
  emptyReply,
  htmlReply,
  jsonReply,
  type PlatformModel,
  type PlatformReply,
  type PlatformRequest,
  type RefusalBody,
} from './wire.ts';

/** What is put on the line in the end. */
export interface Delivery {
  /** Null: the socket is closed without a word. */
  readonly reply: PlatformReply | null;
  /** Whether the model was asked at all. */
  readonly worked: boolean;
  readonly cut: boolean;
  /** Added to the `Date` header, in milliseconds. */
  readonly skewMs: number;
}

/** Asks the model, or not, as the fault has it. `sleep` waits so many milliseconds. */
export async function answerWithFault(
  model: PlatformModel,
  request: PlatformRequest,
  fault: PlatformFault | null,
  sleep: (ms: number) => Promise<void>,
): Promise<Delivery> {
  const done = async (): Promise<Delivery> => ({
    reply: await model.handle(request),
    worked: true,
    cut: false,
    skewMs: 0,
  });
  if (fault === null) return done();
  switch (fault.kind) {
    case 'slow': {
      if (fault.before === true) await sleep(fault.ms);
      const delivery = await done();
      if (fault.before !== true) await sleep(fault.ms);
      return delivery;
    }
    case 'request_lost':
      return instead(null);
    case 'reply_lost':
      return { ...(await done()), reply: null };
    case 'server_error':
      return replaced(fault.after === true, done, htmlReply(fault.status));
    case 'unauthorized':
      return instead(refusal(model, 401, fault.body));
    case 'forbidden':
      return instead(refusal(model, 403, fault.body));
    case 'unprocessable':
      return instead(refusal(model, 422, fault.body));
    case 'html':
      return replaced(fault.before !== true, done, htmlReply(200));
    case 'cut':
      return { ...(await done()), cut: true };
    case 'skew':
      return { ...(await done()), skewMs: fault.ms };
    case 'error_in_200':
      return replaced(fault.after === true, done, jsonReply(200, { error: inBody }));
  }
}

const inBody = { code: 'processing_error', message: 'Something went wrong.' };

function instead(reply: PlatformReply | null): Delivery {
  return { reply, worked: false, cut: false, skewMs: 0 };
}

async function replaced(
  works: boolean,
  done: () => Promise<Delivery>,
  reply: PlatformReply,
): Promise<Delivery> {
  return works ? { ...(await done()), reply } : instead(reply);
}

function refusal(
  model: PlatformModel,
  status: number,
  body: RefusalBody | undefined,
): PlatformReply {
  switch (body ?? 'json') {
    case 'none':
      return emptyReply(status);
    case 'html':
      return htmlReply(status);
    case 'json':
      return model.refusal(status, 'As armed by the bench.');
  }
}
