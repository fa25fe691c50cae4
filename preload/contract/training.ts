import { z } from 'zod';

/** A call of the simulated Terminal SDK to its model. Refused outside training mode. */
export const trainingCallRequest = z.strictObject({
  method: z.string().regex(/^[a-zA-Z]{1,40}$/),
  params: z.json(),
});
