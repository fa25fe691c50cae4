/** The systems that have a credential of their own; one's is never shown to another. */
type Platform = 'mariana-tek' | 'portal' | 'commerce-layer';

/** What is kept there, each under a name of its own. */
export type SecretName =
  | 'stripe-secret-key'
  | 'mail-password'
  /** Signs in with the platform. */
  | `${Platform}-token`
  /** The companion key of Stripe's beside the platform. */
  | `${Platform}-stripe-key`;

/** Where the back end's secret key lies at rest: the operating system's key store. */
export interface SecretStore {
  /** Null when none is stored. Rejects with a sentence when the store can't be trusted or read. */
  read(name: SecretName): Promise<string | null>;
  /** On return the secret is on disk, encrypted. Rejects with a sentence when the store is not to be trusted. */
  write(name: SecretName, secret: string): Promise<void>;
}
