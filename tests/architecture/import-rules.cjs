/*
 * Who may import whom. Each room lists what it may reach; everything else is refused by name, so that a new
 * import is a decision made here and not an accident. `npm run arch` applies this; import-rules.test.ts plants
 * one violation per rule to show that each of them bites.
 */

/** What a room may import, as path patterns; a room may always import itself. */
function room(name, comment, from, allowed) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from },
    to: { pathNot: [from, ...allowed] },
  };
}

/** Like `room`, but these are allowed for their types only. */
function typesOnly(name, comment, from, to) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from },
    to: { path: to, dependencyTypesNot: ['type-only'] },
  };
}

const contract = '^preload/contract/';
const domain = '^main/domain/';
const ports = '^main/ports/';
/** How dependency-cruiser names a package: by its folder, at whatever depth the package manager put it. */
const npm = (name) => `(^|/)node_modules/(@types/)?${name}/`;
const node =
  '^(node:)?(fs|path|crypto|os|url|util|http|https|net|timers|stream|child_process|events|process|module|buffer|perf_hooks|worker_threads|zlib)(/|$)';
/** Node's types are no import that a file chooses. */
const nodeTypes = npm('@types/node').replace('(@types/)?', '');

const composition = [
  '^main/kiosk\\.ts$',
  '^main/kiosk-events\\.ts$',
  '^main/open-backend\\.ts$',
  '^main/open-platform\\.ts$',
  '^main/open-mailer\\.ts$',
  '^main/open-beside\\.ts$',
  '^main/closed-kiosk\\.ts$',
  '^main/open-records\\.ts$',
  '^main/staff-page\\.ts$',
  '^main/support-bundle\\.ts$',
  '^main/support-line\\.ts$',
  '^main/why-closed\\.ts$',
  '^main/screen-setup\\.ts$',
  '^main/opening-checks\\.ts$',
  '^main/training-pages\\.ts$',
  '^main/order-hash\\.ts$',
  '^main/real-[a-z-]+\\.ts$',
].join('|');

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      comment:
        'An import that leads nowhere is a typing mistake or a dependency that is not declared.',
      severity: 'error',
      from: { pathNot: '\\.css$' },
      to: { couldNotResolve: true, pathNot: '^(electron$|virtual:)' },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'The product does not know that it is tested.',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'electron-is-one-folder',
      comment: 'All but these runs under plain Node or in a page.',
      severity: 'error',
      from: { pathNot: '^(main/electron/|main/index\\.ts$|preload/index\\.ts$)' },
      to: { path: `^electron$|${npm('electron')}` },
    },

    room(
      'domain-imports-only-itself',
      'Pure: no clock, no chance, no I/O, no library.',
      domain,
      [],
    ),
    room('ports-are-interfaces-over-the-domain', 'Interfaces only.', ports, [domain]),
    typesOnly(
      'ports-hold-no-code',
      'A port that needs the domain at run time holds an implementation.',
      ports,
      domain,
    ),
    room('services-know-domain-and-ports', 'Use cases; no Node, no library.', '^main/services/', [
      domain,
      ports,
    ]),
    room('storage-knows-its-own-library', 'SQLite is nobody else’s business.', '^main/storage/', [
      domain,
      ports,
      npm('better-sqlite3'),
      npm('zod'),
      node,
      nodeTypes,
    ]),
    room('backends-know-their-own-library', 'One folder per payment system.', '^main/backends/', [
      domain,
      ports,
      npm('stripe'),
      npm('zod'),
    ]),
    room('settings-stand-beside-storage', 'Files of the studio.', '^main/settings/', [
      domain,
      ports,
      npm('zod'),
      node,
      nodeTypes,
    ]),
    room('mail-knows-its-own-library', 'Letters.', '^main/mail/', [
      domain,
      ports,
      npm('nodemailer'),
      node,
      nodeTypes,
    ]),
    room('log-knows-ports', 'A log of lines.', '^main/log/', [domain, ports, node, nodeTypes]),
    room('ipc-carries-between-contract-and-services', 'No Electron, no storage.', '^main/ipc/', [
      domain,
      ports,
      '^main/services/',
      contract,
      npm('zod'),
    ]),
    room(
      'training-is-a-stripe-of-its-own',
      'It shares nothing with the kiosk but the clock.',
      '^main/training/',
      [domain, ports, npm('stripe'), npm('zod'), node, nodeTypes],
    ),
    typesOnly(
      'training-takes-stripes-types-only',
      'The model answers like Stripe; it must not be made of Stripe’s client.',
      '^main/training/',
      npm('stripe'),
    ),
    room('electron-only-carries', 'No domain logic of its own.', '^main/electron/', [
      '^main/kiosk\\.ts$',
      '^main/kiosk-events\\.ts$',
      '^main/ipc/',
      ports,
      contract,
      npm('electron'),
      '^electron$',
      node,
      nodeTypes,
    ]),
    room(
      'entry-only-starts',
      'Lock, ready, open the kiosk, open the window.',
      '^main/index\\.ts$',
      ['^main/kiosk\\.ts$', '^main/electron/', npm('electron'), '^electron$', node, nodeTypes],
    ),
    room('composition-is-main-without-electron', 'It runs under plain Node.', composition, [
      '^main/support-rows\\.ts$',
      '^main/(domain|ports|services|storage|backends|mail|settings|log|ipc|training)/',
      contract,
      node,
      nodeTypes,
    ]),
    room(
      'support-rows-read-the-file',
      'By the library that also writes it: any other would give up the writer’s locks.',
      '^main/support-rows\\.ts$',
      ['^main/log/', '^main/support-line\\.ts$', npm('better-sqlite3'), node, nodeTypes],
    ),
    {
      name: 'nobody-imports-the-composition',
      comment: 'Parts are handed their neighbours; they do not fetch them.',
      severity: 'error',
      from: {
        path: '^main/(domain|ports|services|storage|backends|mail|settings|log|ipc|training)/',
      },
      to: { path: composition },
    },

    room('contract-stands-alone', 'The page both sides share.', contract, [npm('zod')]),
    room('preload-names-channels', 'The bridge.', '^preload/index\\.ts$', [
      contract,
      npm('electron'),
      '^electron$',
    ]),
    {
      name: 'preload-takes-only-channels-as-values',
      comment: 'A sandboxed preload can’t load zod; only the names are needed at run time.',
      severity: 'error',
      from: { path: '^preload/index\\.ts$' },
      to: {
        path: contract,
        pathNot: '^preload/contract/channels\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },

    {
      name: 'renderer-stays-in-the-page',
      comment: 'No main, no Electron, no Node, no Stripe client.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/vite\\.config\\.ts$' },
      to: {
        path: `^main/|^preload/index|${npm('stripe')}|${npm('zod')}|${npm('better-sqlite3')}|${node}`,
      },
    },
    {
      name: 'renderer-speaks-to-training-through-ipc',
      comment: 'The simulated reader in the page shares no code with the model behind it.',
      severity: 'error',
      from: { path: '^renderer/training/' },
      to: { path: '^main/' },
    },
    typesOnly(
      'renderer-takes-the-contract-as-types',
      'Main parses; the page only needs to know the forms.',
      '^renderer/',
      contract,
    ),
    {
      name: 'terminal-sdk-is-one-folder',
      comment: 'The SDK’s types do not leave the reader’s folder and its simulation.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/(reader|training)/' },
      to: { path: npm('@stripe/terminal-js') },
    },
    {
      name: 'terminal-sdk-is-loaded-on-purpose',
      comment: 'The main entry injects the script on import; `/pure` waits to be called.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: {
        path: npm('@stripe/terminal-js'),
        pathNot: 'terminal-js/(dist/)?pure',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'reader-knows-no-screens',
      comment: 'It obeys main and tells what it saw.',
      severity: 'error',
      from: { path: '^renderer/reader/' },
      to: { path: '^renderer/(screens|components|state|styles|text)/|\\.svelte$' },
    },
    {
      name: 'screens-never-call-the-bridge',
      comment: 'A screen receives state and callbacks.',
      severity: 'error',
      from: { path: '^renderer/(screens|components|staff)/' },
      to: { path: '^renderer/(bridge|reader)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'svelte', 'node', 'default'],
      extensions: ['.ts', '.js', '.svelte', '.css', '.json', '.d.ts'],
    },
  },
};
