import { z } from 'zod';
import { type MemberDetails, memberIdProblem } from '../domain/member.ts';
import { parseJsonFile, type ReadOrProblems, valueOf } from './read-json-file.ts';

const memberId = z
  .string({ error: 'must be a text, such as "1001"' })
  .refine((text) => memberIdProblem(text) === null, {
    error: 'must be 1 to 64 letters, digits, spaces and . _ / -',
  });

const membersFile = z.array(
  z.strictObject({
    memberId,
    name: z.string({ error: 'must be a text' }).min(1, 'must not be empty').max(120),
    email: z.email({ error: 'must be an address such as "mia@example.com"' }).optional(),
    phone: z
      .string({ error: 'must be a text' })
      .regex(/^\+?\d{7,20}$/, 'must be 7 to 20 digits')
      .optional(),
  }),
  { error: 'must be a list of members' },
);

/** Reads the members a training kiosk begins with. Refuses, by SettingsProblem, a file that is not of this form. */
export function readMembers(file: string): readonly MemberDetails[] {
  return valueOf(parseMembers(file));
}

/** The same, with every problem that was found. */
export function parseMembers(file: string): ReadOrProblems<readonly MemberDetails[]> {
  const read = parseJsonFile({ kind: 'settings', file, schema: membersFile, sizeMax: 1024 * 1024 });
  if (read.kind === 'refused') return read;
  const members = read.value.map(({ memberId: id, name, email, phone }) => ({
    memberId: id,
    name,
    email: email ?? null,
    phone: phone ?? null,
  }));
  return { kind: 'read', value: members };
}
