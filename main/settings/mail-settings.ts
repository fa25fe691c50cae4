import { z } from 'zod';
import type { MailSender } from '../ports/mailer.ts';

/** The mail server that takes the studio's letters. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** True: encrypted from the first byte. False: the connection turns to TLS. */
  readonly secure: boolean;
  /** Null when the server asks for no login. */
  readonly user: string | null;
  /** From the file or the environment; null when neither has one. */
  readonly password: { readonly value: string; readonly from: 'file' | 'environment' } | null;
  /** True when the file has a password, whether it is the one used or not. */
  readonly fileHoldsPassword: boolean;
  readonly from: MailSender;
}

const host = z
  .string({ error: 'must be the mail server, such as "smtp.example.com"' })
  .regex(
    /^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9.])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/,
    'must be only the name of the mail server, such as "smtp.example.com"',
  );
const portWords = 'must be the mail server’s port, such as 587 or 465';
const port = z.int({ error: portWords }).min(1, portWords).max(65_535, portWords);
const user = z
  .string({ error: 'must be the name that the mail server knows this kiosk by' })
  .regex(/^[^\p{Cc}]{1,254}$/u, 'must be the name that the mail server knows this kiosk by');
const password = z
  .string({ error: 'must be the password of mail.user' })
  .min(1, 'must not be empty')
  .max(1_000, 'is longer than 1,000 characters');
const fromWords = 'must be an address such as "Linden Yoga <kiosk@example.com>"';
const from = z.string({ error: fromWords }).transform((text, context): MailSender => {
  const sender = senderIn(text);
  if (sender !== null) return sender;
  context.addIssue({ code: 'custom', message: fromWords });
  return z.NEVER;
});

/** `mail` in `foyer.json`. */
export const mailSection = z
  .strictObject({
    host,
    port: port.default(587),
    secure: z.boolean({ error: 'must be true or false' }).optional(),
    user: user.optional(),
    password: password.optional(),
    from,
  })
  .refine(({ port, secure }) => !(port === 465 && secure === false), {
    path: ['secure'],
    error: 'must be true with port 465, where everything is encrypted from the start',
  })
  .refine(({ port, secure }) => !(port === 587 && secure === true), {
    path: ['secure'],
    error: 'must be false with port 587, where the connection turns to encryption by itself',
  })
  .refine(({ user, password }) => user !== undefined || password === undefined, {
    path: ['user'],
    error: 'is missing: it must be the name that mail.password belongs to',
  });

/** What the file says, with what it leaves open filled in. The environment's password wins. */
export function mailSettings(
  read: z.infer<typeof mailSection>,
  passwordInEnvironment: string | undefined,
): MailSettings {
  return {
    host: read.host,
    port: read.port,
    secure: read.secure ?? read.port === 465,
    user: read.user ?? null,
    password: passwordOf(read.password, passwordInEnvironment),
    fileHoldsPassword: read.password !== undefined,
    from: read.from,
  };
}

function passwordOf(
  inFile: string | undefined,
  inEnvironment: string | undefined,
): MailSettings['password'] {
  if (inEnvironment !== undefined) return { value: inEnvironment, from: 'environment' };
  return inFile === undefined ? null : { value: inFile, from: 'file' };
}

/** `Linden Yoga <kiosk@example.com>`, with or without quotes around the name, or the bare address; else null. */
function senderIn(text: string): MailSender | null {
  const named = /^\s*"?(?<name>[^"<>\p{Cc}]*?)"?\s*<(?<address>[^<>]+)>\s*$/u.exec(text)?.groups;
  const address = z
    .email()
    .max(254)
    .safeParse(named?.['address'] ?? text.trim());
  return address.success ? { name: named?.['name'] ?? '', address: address.data } : null;
}
