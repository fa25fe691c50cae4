import { redact } from './redact.ts';

/** What a line may say to the kiosk's own disk, but not to another company. */
const nets: readonly (readonly [RegExp, string])[] = [
  // A computer's user is often called as its owner is.
  [/((?:\/home|\/Users|\\Users)[/\\])[^/\\"'<>:]+/g, '$1[user]'],
  // Two capitalised words in a row: a name more often than anything a fault says.
  [/(?<![\p{L}\p{M}'’-])\p{Lu}[\p{L}\p{M}'’-]*\.?(?:\s+\p{Lu}[\p{L}\p{M}'’-]*\.?)+/gu, '[name]'],
];

/**
 * The text for somebody outside the studio: redacted, without e-mail addresses, users' folders, and what looks like
 * a person's name. A net, not a proof: text that a person wrote is better left out altogether.
 */
export function withoutPersons(text: string): string {
  return nets.reduce(
    (clean, [pattern, replacement]) => clean.replace(pattern, replacement),
    redact(text),
  );
}
