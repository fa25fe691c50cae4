/** During a sale somebody waits for what an event may tell; else the account's other kiosks want their share. */
const busyMs = 2_000;
const idleMs = 30_000;
const capMs = 300_000;

export interface PollMoment {
  readonly isBusy: boolean;
  /** Rounds in a row that were not answered. */
  readonly failures: number;
  /** From 0 up to 1: where between two thirds of the delay and the whole of it. */
  readonly chance: number;
}

/** How long after one round the next begins, in milliseconds; doubled with each failure, up to five minutes. */
export function pollDelayMs({ isBusy, failures, chance }: PollMoment): number {
  const base = isBusy ? busyMs : idleMs;
  const full = Math.min(capMs, base * 2 ** Math.min(failures, 10));
  return Math.round(full - (full * chance) / 3);
}

/**
 * From 0 up to 1, spread by the kiosk's name and the round's number: kiosks that start together drift apart, and a
 * replayed run waits the same.
 */
export function chanceOf(name: string, round: number): number {
  // FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/
  let hash = 2_166_136_261;
  for (const character of `${name}/${round}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  }
  return ((hash >>> 0) % 1_000) / 1_000;
}
