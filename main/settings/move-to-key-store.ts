import path from 'node:path';
import type { SecretName, SecretStore } from '../ports/secret-store.ts';
import { removeSecret, type SecretField } from './remove-secret.ts';

export interface Move {
  readonly name: SecretName;
  readonly secret: string;
  /** What it is to a person, such as `key`. */
  readonly noun: string;
  /** The settings file it lies in, and where. */
  readonly file: string;
  readonly section: 'stripe' | 'mail' | 'backend';
  readonly field: SecretField;
}

export interface MoveWords {
  /** The problem that a sentence makes. */
  readonly problem: (sentence: string) => Error;
  /** What to say when the store does not take it. */
  readonly refused: (error: unknown) => string;
}

/**
 * Moves a secret from the settings file into the key store. On return it is in the store and out of the file. Throws the
 * problem when the store refuses it, and it then still lies in the file; or when the file can't be written.
 */
export async function moveToKeyStore(
  store: SecretStore,
  move: Move,
  words: MoveWords,
): Promise<void> {
  try {
    await store.write(move.name, move.secret);
  } catch (error) {
    throw words.problem(words.refused(error));
  }
  try {
    removeSecret(move.file, move.field);
  } catch {
    throw words.problem(
      `The ${move.noun} is in the key store now, but ${path.basename(move.file)} can’t be written. Take ${move.section}.${move.field} out of it by hand.`,
    );
  }
}
