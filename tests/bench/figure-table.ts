import { type Figure, isMet, rounded, targetWords } from './figure.ts';

/** Figures as lines for people: those with a target first, then what stands behind them. */
export function figureTable(figures: readonly Figure[]): string {
  const asked = figures.filter(({ target, value }) => target !== null || value === null);
  const told = figures.filter((figure) => !asked.includes(figure));
  return [...lines(asked), '', ...lines(told)].join('\n');
}

function lines(figures: readonly Figure[]): readonly string[] {
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  return figures.map((figure) => {
    const { name, value, unit, how } = figure;
    const words = value === null ? how : `${rounded(value).toLocaleString('en')} ${unit}`;
    return `${mark(figure)} ${name.padEnd(width)}  ${words.padEnd(14)} ${targetWords(figure)}`.trimEnd();
  });
}

function mark(figure: Figure): string {
  if (figure.value === null) return '?';
  const met = isMet(figure);
  if (met === null) return ' ';
  return met ? '✓' : '✗';
}
