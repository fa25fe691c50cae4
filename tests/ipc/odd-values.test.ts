import { expect, it } from 'vitest';
import { openTrainingKiosk } from '../support/fakes/open-kiosk.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

/* Structured clone carries more than JSON: a page can send a circle, or a nest without end. */

const tempFolder = tempFolders();

async function answerTo(request: unknown): Promise<unknown> {
  const { kiosk } = await openTrainingKiosk(tempFolder());
  try {
    return await kiosk.ask('training:call', request);
  } finally {
    await kiosk.close();
  }
}

it('answers a request that contains itself in an envelope', async () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;

  expect(await answerTo({ method: 'getReader', params: structuredClone(circle) })).toHaveProperty(
    'ok',
  );
});

it('refuses a request nested without end, in an envelope', async () => {
  let nest: unknown = 'end';
  for (let depth = 0; depth < 20_000; depth += 1) nest = [nest];

  expect(await answerTo({ method: 'getReader', params: nest })).toMatchObject({
    ok: false,
    error: { code: 'bad_request' },
  });
});
