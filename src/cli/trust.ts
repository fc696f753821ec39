/**
 * Trusts a certificate beside those that this machine trusts, as NODE_EXTRA_CA_CERTS would, whatever this process connects
 * with. Where that cannot be done (before Node 22.19) the connection fails and says so.
 */
export async function trust(file: string): Promise<void> {
  const [{ readFile }, tls] = await Promise.all([import('node:fs/promises'), import('node:tls')])
  try {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), await readFile(file, 'utf8')])
  } catch {}
}
