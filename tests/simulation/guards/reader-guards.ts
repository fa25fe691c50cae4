import type { Guard } from './guard.ts';

const placing = 'main/services/server-driven/place-prompt.ts';
const lead = 'main/services/reader-lead.ts';

/** One writer per reader: look before asking, compare before clearing, leave nothing behind. */
const guardsOfReaders: readonly Omit<Guard, 'integration'>[] = [
  {
    name: 'a reader is cleared without a look at what is on it',
    promise: 'P10',
    file: 'main/services/server-driven/withdraw-prompt.ts',
    find: 'const seen = await calls.look(prompt.readerId, signal);',
    replacement: `const blind = await calls.withdraw(prompt, signal);
  if (blind.kind === 'done') return off('withdrawn', null);
  const seen = await calls.look(prompt.readerId, signal);`,
  },
  {
    name: 'a busy reader is taken as free',
    promise: 'P10',
    file: 'main/services/server-driven/make-free.ts',
    find: "if (ours === null) return { kind: 'not_free', code: 'reader_in_use' };",
    replacement: "if (ours === null) return { kind: 'free', action };",
  },
  {
    name: 'a prompt is asked for that the book does not hold',
    promise: 'P2',
    file: placing,
    find: 'written.push(book.openPrompt(prompt, clock.nowMs()));',
    replacement: `const number = attemptId.slice(attemptId.lastIndexOf('_') + 1);
      const key = \`foyer_\${sale.id}_reader_\${number}_1\`;
      written.push({ ...prompt, id: 1, ordinal: 1, key, placedAtMs: clock.nowMs() });`,
  },
  {
    name: 'a command that timed out is repeated under a new key without a look',
    promise: 'P2',
    file: placing,
    find: "      case 'terminal_reader_timeout':\n",
    replacement: `      case 'terminal_reader_timeout': {
        const anew = this.#write();
        if (anew !== null) return this.#ask(anew);
      }
`,
  },
  {
    name: 'a prompt is repeated after a pause without a look',
    promise: 'P10',
    file: placing,
    find: 'if (!(await this.#patience.again())) return this.#outOfTime(code);\n      const seen',
    replacement:
      'if (!(await this.#patience.again())) return this.#outOfTime(code);\n      if (code !== null) return null;\n      const seen',
  },
  {
    name: 'a prompt that another till replaced is not noticed',
    promise: 'P5',
    file: 'main/services/server-driven/what-is-on-it.ts',
    find: "if (action === null || !isOf(prompt, action)) return { kind: 'replaced' };",
    replacement: 'if (action === null || !isOf(prompt, action)) return null;',
  },
  {
    name: 'a broken connection is called not charged',
    promise: 'P5',
    file: 'main/domain/decline.ts',
    find: "  'not_read',\n  'connection_lost',\n  'prompt_replaced',\n]);",
    replacement: "  'not_read',\n  'prompt_replaced',\n]);",
  },
  {
    name: 'a prompt that charges by itself is given up after a restart without a look',
    promise: 'P5',
    file: 'main/domain/sale-transition.ts',
    find: '? leftOnReader(alone, sale.attempt)',
    replacement: "? giveUp(alone, 'kiosk_restarted')",
  },
  {
    name: 'a cart is shown on a reader that was not seen idle',
    promise: 'P10',
    file: 'main/services/server-driven/idle-reader.ts',
    find: 'if (underWay(reader) !== null) return null;',
    replacement: 'void underWay(reader);',
  },
  {
    name: 'a cart is shown on a reader that others use too',
    promise: 'P10',
    file: lead,
    find: 'const reader = this.#inUse.isShared ? null : this.#ledByServer();\n    if (reader !== null) this.#options.server?.show(',
    replacement:
      'const reader = this.#ledByServer();\n    if (reader !== null) this.#options.server?.show(',
  },
  {
    name: 'what a former run left on a reader stays there',
    promise: 'P6',
    file: lead,
    find: 'server.start();',
    replacement: 'void server;',
  },
  {
    name: 'the prompt of a sale that is over stays on its reader',
    promise: 'P6',
    file: lead,
    find: 'is in the book, also when another run of the kiosk put it there.\n        server?.cancel(errand, attemptId);',
    replacement: 'is in the book.\n        void server;',
  },
  {
    name: 'staff end what is on the reader now, whatever they were shown',
    promise: 'P10',
    file: 'main/services/reader-freeing.ts',
    find: 'if (paymentIntentOf(standing.object) !== shown) {',
    replacement: 'if (paymentIntentOf(standing.object) === null && shown !== null) {',
  },
];

export const readerGuards: readonly Guard[] = guardsOfReaders.map((guard) => ({
  ...guard,
  integration: 'server_driven',
}));
