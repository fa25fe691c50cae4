/** Red, green and blue from 0 to 255. */
type Rgb = readonly [number, number, number];

const inkOnLight = '#23201a';
const paperOnDark = '#fdfbf6';

function channels(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function hexOf(rgb: Rgb): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex);
  const linear = (channel: number): number => {
    const share = channel / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/**
 * The contrast of two `#rrggbb` colours, from 1 to 21.
 * https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The colour of words on `accent`, never below 4.5:1. The house's ink or paper where they reach
 * it, the better first; otherwise black or white, one of which always does.
 */
export function onAccent(accent: string): string {
  const better = (candidates: readonly [string, string]): string =>
    contrast(accent, candidates[0]) >= contrast(accent, candidates[1])
      ? candidates[0]
      : candidates[1];
  const house = better([paperOnDark, inkOnLight]);
  return contrast(accent, house) >= 4.5 ? house : better(['#ffffff', '#000000']);
}

/**
 * `accent` moved towards black or white until it reaches `ratio` on `ground`, so that a mark in
 * the studio's colour is still seen on paper and at dusk. Unchanged when it already does.
 */
export function accentOn(accent: string, ground: string, ratio: number): string {
  const end: Rgb = luminance(ground) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  const start = channels(accent);
  for (let step = 0; step <= 20; step += 1) {
    const share = step / 20;
    const [red, green, blue] = start;
    const mixed = hexOf([
      red + (end[0] - red) * share,
      green + (end[1] - green) * share,
      blue + (end[2] - blue) * share,
    ]);
    if (contrast(mixed, ground) >= ratio) return mixed;
  }
  return hexOf(end);
}
