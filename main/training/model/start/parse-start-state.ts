import { type StartState, startStateSchema } from './start-state.ts';

/** A start state as read, or the fields that are wrong, each with what it must be. */
export type ParsedStartState =
  | { readonly kind: 'read'; readonly state: StartState }
  | {
      readonly kind: 'refused';
      readonly faults: readonly { readonly field: string; readonly message: string }[];
    };

/** Reads a start state from a JSON value. */
export function parseStartState(value: unknown): ParsedStartState {
  const parsed = startStateSchema.safeParse(value);
  if (parsed.success) {
    return { kind: 'read', state: parsed.data };
  }
  const faults = parsed.error.issues.map(({ path, message }) => ({
    field: fieldName(path),
    message,
  }));
  return { kind: 'refused', faults };
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('');
  return name === '' ? 'the file' : name.replace(/^\./, '');
}
