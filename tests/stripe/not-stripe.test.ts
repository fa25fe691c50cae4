import { expect, it } from 'vitest';
import { saleId } from '../../main/domain/ids.ts';
import { html, json, type Script, scriptedServer } from './scripted-server.ts';

const never = new AbortController().signal;

async function tokenAnswer(script: Script): Promise<unknown> {
  const { api, close } = await scriptedServer([script]);
  const answer = await api.createConnectionToken(never);
  await close();
  return answer;
}

it('tells an address that answers HTML from one that does not answer, so that staff hear the right sentence', async () => {
  for (const status of [200, 302, 404, 503]) {
    expect(await tokenAnswer(html(status)), String(status)).toMatchObject({ code: 'not_stripe' });
  }
});

it('does not say "there is none" of a list that has more and shows nothing', async () => {
  const empty = { object: 'list', url: '/v1/payment_intents', has_more: true, data: [] };
  const { api, close } = await scriptedServer([json(200, empty)]);

  const answer = await api.lookUp(saleId('sale_0000000001'), 0, never);
  await close();

  expect(answer.kind).toBe('unanswered');
});
