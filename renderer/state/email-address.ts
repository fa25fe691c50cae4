/** What is wrong with an address, as a customer could mend it. */
export type EmailProblem = 'empty' | 'at' | 'before' | 'after' | 'space' | 'long' | 'form';

const lengthMax = 254;

/** The first thing to mend in an e-mail address, or null. Main checks it again, more strictly. */
export function emailProblem(address: string): EmailProblem | null {
  if (address === '') return 'empty';
  if (/\s/.test(address)) return 'space';
  if (address.length > lengthMax) return 'long';
  const at = address.indexOf('@');
  if (at === -1) return 'at';
  if (at === 0) return 'before';
  const domain = address.slice(at + 1);
  const complete = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(domain);
  if (!complete) return 'after';
  const name = address.slice(0, at);
  const usual = /^[a-z0-9_'+-]+(\.[a-z0-9_'+-]+)*$/i.test(name);
  return usual ? null : 'form';
}
