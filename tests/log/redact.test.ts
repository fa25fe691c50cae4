import { it } from 'vitest';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { neverLogged } from './never-logged.ts';
import type { Secret } from './secret-text.ts';

const tempFolder = tempFolders();

it('lets no secret through, in any field, in plain words around it', () => {
  neverLogged(tempFolder, [
    ({ text }: Secret) => text,
    ({ text }: Secret) => `The call failed: ${text} was refused`,
    ({ text }: Secret) => `https://api.stripe.com/v1/x?client_secret=${text}&y=1`,
    ({ text }: Secret) => `(${text})`,
  ]);
});
