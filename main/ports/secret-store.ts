/** Where the back end's secret key lies at rest: the operating system's key store. */
export interface SecretStore {
  /** Null when none is stored. Rejects with a sentence when the store can't be trusted or read. */
  read(name: 'stripe-secret-key'): Promise<string | null>;
  /** On return the secret is on disk, encrypted. Rejects with a sentence when the store is not to be trusted. */
  write(name: 'stripe-secret-key', secret: string): Promise<void>;
}
