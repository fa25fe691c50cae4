import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { RunningApp } from '../../support/app.ts';
import { projectRoot } from '../run-command.ts';

/** The timeline of a sale, with a picture of what each step led to, in `demo-output/<name>/`. */
export class Story {
  readonly steps: { readonly name: string; readonly ms: number }[] = [];
  readonly screenshots: string[] = [];
  readonly #folder: string;
  #sinceMs = performance.now();

  constructor(name: string) {
    this.#folder = path.join(projectRoot, 'demo-output', name);
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Where its pictures are, from the project's folder. */
  get folder(): string {
    return path.relative(projectRoot, this.#folder);
  }

  /** Ends a step: what was waited for is on the screen. The picture is taken outside its time. */
  async reached(name: string, app: RunningApp): Promise<void> {
    const ms = Math.round(performance.now() - this.#sinceMs);
    this.steps.push({ name, ms });
    console.error(`${String(ms).padStart(6)} ms  ${name}`);
    const place = String(this.steps.length).padStart(2, '0');
    const file = path.join(this.#folder, `${place}-${name.replaceAll(/\W+/g, '-')}.png`);
    await app.page.screenshot({ path: file, animations: 'disabled' });
    this.screenshots.push(path.relative(projectRoot, file));
    this.#sinceMs = performance.now();
  }
}
