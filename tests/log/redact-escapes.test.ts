import { it } from 'vitest';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { neverLogged } from './never-logged.ts';
import type { Secret } from './secret-text.ts';

const tempFolder = tempFolders();

/* A line is JSON: in it a line break before a secret is a backslash and an `n`, a quote has a backslash of its own. */

it('lets no secret through that begins a line of a longer text, such as a stack', () => {
  neverLogged(tempFolder, [
    ({ text }: Secret) => `Error: refused\n${text}\n    at page`,
    ({ text }: Secret) => `Error: refused\r\n${text}`,
    ({ text }: Secret) => `key\t${text}`,
  ]);
});

it('lets no secret through that was quoted in a text, and breaks no line of the log over it', () => {
  neverLogged(tempFolder, [
    ({ text }: Secret) => `{"secret":"${text}"}`,
    ({ text }: Secret) => `key="${text}"`,
    ({ text }: Secret) => `the answer was "${text}"`,
  ]);
});

it('lets no secret through that is glued to another word', () => {
  neverLogged(tempFolder, [
    ({ text }: Secret) => `STRIPE_KEY_${text}`,
    ({ text }: Secret) => `key_${text}`,
  ]);
});
