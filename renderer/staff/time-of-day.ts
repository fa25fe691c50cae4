/** A moment as staff read it: the time, with its date unless it is today's. */
export function timeOfDay(atMs: number, nowMs: number, locale: string): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  const options = isToday
    ? ({ timeStyle: 'short' } as const)
    : ({ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const);
  return new Intl.DateTimeFormat(locale, options).format(atMs);
}
