/** Nobody answered, or not to the end. */
export class UpstreamSilent extends Error {
  constructor(url: URL, cause: unknown) {
    super(`${url.origin} does not answer: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
