/** What Node says of certificates: of who signed them, of their time. */
const NOT_TRUSTED = /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|^CERT_/
const OTHER_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID'

/** Why a connection failed that somebody would have answered, and what helps; undefined: for another reason. */
export function distrustOf(url: string, error: unknown): string | undefined {
  const code = codeOf(error)
  if (code === OTHER_NAME) {
    const { hostname } = new URL(url)
    return `the certificate of ${url} does not name ${hostname}: start the server with --tls-host ${hostname}`
  }
  if (!NOT_TRUSTED.test(code)) return undefined
  return `the certificate of ${url} is not trusted: name its file in NODE_EXTRA_CA_CERTS`
}

/** fetch tells what was wrong as the cause of what it throws. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return 'code' in error ? String(error.code) : codeOf(error.cause)
}
