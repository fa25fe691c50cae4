/** Main's time on the staff page; the gallery's clock stands still at the same minute. */
export const staffNowMs = new Date(2026, 10, 20, 17, 48).getTime();
