import type { Say } from '../text/text.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time in words, as exact as it matters: `40 s`, `12 min`, `3 h 5 min`, `2 days 4 h`. */
export function spanWords(t: Say, ms: number): string {
  const whole = Math.max(0, ms);
  if (whole < minuteMs) return t('desk.span.seconds', { n: Math.ceil(whole / 1_000) });
  if (whole < hourMs) return t('desk.span.minutes', { n: Math.floor(whole / minuteMs) });
  if (whole < dayMs) {
    const rest = Math.floor((whole % hourMs) / minuteMs);
    return t('desk.span.hours', { n: Math.floor(whole / hourMs), rest });
  }
  const rest = Math.floor((whole % dayMs) / hourMs);
  const days = Math.floor(whole / dayMs);
  return days === 1 ? t('desk.span.day', { rest }) : t('desk.span.days', { n: days, rest });
}

/** How long ago something was; less than ten seconds is now. */
export function agoWords(t: Say, atMs: number, nowMs: number): string {
  const ms = nowMs - atMs;
  return ms < 10_000 ? t('desk.now') : t('desk.ago', { span: spanWords(t, ms) });
}
