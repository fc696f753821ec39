/** A certificate, or a chain of them with the server's own first, and its key; both in PEM. */
export interface KeyPair {
  readonly certificate: string
  readonly key: string
}

/** What the server shows, and where clients find what they are to trust. */
export interface Identity extends KeyPair {
  /** undefined: nowhere, for the machine takes no file. */
  readonly file: string | undefined
  /** Takes away what nobody needs after the end. */
  withdraw(): void
}
