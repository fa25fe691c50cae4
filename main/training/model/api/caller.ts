/** Who asks: a server with the secret key, or a page with the publishable one. */
export type Caller = 'secret' | 'publishable';

/** The keys that open the model. */
export interface AccountKeys {
  readonly secretKey: string;
  /** Without one, no page may read anything. */
  readonly publishableKey?: string | undefined;
}
