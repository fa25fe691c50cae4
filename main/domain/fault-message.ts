/** What a caught value says of itself, for the log; never shown to a person. */
export function faultMessage(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown fault';
}
