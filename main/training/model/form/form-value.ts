/** A form as Stripe reads it: names in brackets become levels. Lists have the names 0, 1, 2… */
export type FormValue = string | FormMap;
export type FormMap = ReadonlyMap<string, FormValue>;

/** What a form can be written from in code: a JSON value of text, numbers, booleans, lists, maps. */
export type FormSource =
  string | number | boolean | readonly FormSource[] | { readonly [name: string]: FormSource };

/** Builds a form from a JSON value, as a client would have sent it. */
export function formFrom(source: { readonly [name: string]: FormSource }): FormMap {
  return new Map(Object.entries(source).map(([name, value]) => [name, formValue(value)]));
}

function formValue(source: FormSource): FormValue {
  return typeof source === 'object'
    ? new Map(Object.entries(source).map(([name, value]) => [name, formValue(value)]))
    : String(source);
}

/** One text per meaning: the same parameters in another order give the same text. */
export function canonicalForm(value: FormValue): string {
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  const entries = [...value].sort(([left], [right]) => (left < right ? -1 : 1));
  const members = entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalForm(inner)}`);
  return `{${members.join(',')}}`;
}
