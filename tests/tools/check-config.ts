import path from 'node:path';
import { parseArgs } from 'node:util';
import { askSystems } from './check-config/ask-systems.ts';
import { checkFiles } from './check-config/check-files.ts';
import type { Finding } from './check-config/finding.ts';
import { projectRoot } from './run-command.ts';

const usage = `npm run -s check-config -- FILE [--online] [--members FILE] [--json]

Says what is wrong with FILE, such as foyer.json, field by field, and what to do about it; so too for the environment
and for the catalogue that FILE names. Writes nothing, and moves no key.

  --online        also ask the back end, and Stripe beside it, whether they answer and the credentials suffice
  --members FILE  check this list of members instead of the example
  --json          print one JSON object and nothing else on standard output

Ends with 0 when a kiosk can sell with it, with 1 when something is wrong, with 2 when the command was not understood.`;

interface Asked {
  readonly file: string;
  readonly membersFile: string;
  readonly online: boolean;
  readonly json: boolean;
}

/** Null when only help was asked for. */
function readArguments(): Asked | null {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      online: { type: 'boolean', default: false },
      members: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const [file, ...others] = positionals;
  if (file === undefined) throw new Error('FILE is missing.');
  if (others.length > 0) throw new Error('Only one FILE can be checked at a time.');
  const example = path.join(projectRoot, 'resources', 'members.example.json');
  const { members, online, json } = values;
  return { file: path.resolve(file), membersFile: members ?? example, online, json };
}

async function check({ file, membersFile, online, json }: Asked): Promise<number> {
  const { settings, findings } = checkFiles({ file, membersFile, environment: process.env });
  const isAsked = online && settings !== null;
  const all = [...findings, ...(isAsked ? await askSystems(settings) : [])];
  const problems = all.filter(({ level }) => level === 'problem').length;
  if (json) {
    console.log(
      JSON.stringify({ file, ok: problems === 0, problems, asked: isAsked, findings: all }),
    );
    return problems === 0 ? 0 : 1;
  }
  for (const finding of all) console.log(lineOf(finding));
  if (online && settings === null) {
    console.log('No system was asked: the settings have to be mended first.');
  }
  console.log(
    problems === 0
      ? 'A kiosk can sell with this.'
      : `${String(problems)} to mend; nothing was changed.`,
  );
  return problems === 0 ? 0 : 1;
}

const marks = { problem: '✗', warning: '!', fine: '✓' } as const;

/** The kiosk's own sentences name file and field already. */
function lineOf({ level, file, field, sentence }: Finding): string {
  const place = [file, field]
    .filter((part) => part !== null && !sentence.includes(part))
    .join(', ');
  return `${marks[level]} ${place === '' ? '' : `${place}: `}${sentence}`;
}

let asked: Asked | null;
try {
  asked = readArguments();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exit(2);
}
if (asked === null) console.log(usage);
else process.exitCode = await check(asked);
