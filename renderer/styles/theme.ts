import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { accentOn, onAccent } from './accent.ts';

const lightPaper = '#f4efe6';
const darkPaper = '#25221d';

/** Puts the studio's accent and light or dark on the page; tokens.css does the rest. */
export function applyTheme(root: HTMLElement, theme: Snapshot['theme']): void {
  root.dataset['scheme'] = theme.scheme;
  root.style.setProperty('--accent', theme.accent);
  root.style.setProperty('--on-accent', onAccent(theme.accent));
  root.style.setProperty('--accent-on-light', accentOn(theme.accent, lightPaper, 4.5));
  root.style.setProperty('--accent-on-dark', accentOn(theme.accent, darkPaper, 4.5));
}
