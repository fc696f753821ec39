/** What a start prints: where things are, and a line to copy for each kind of client. */
export function banner(url: string, version: string, served: { readonly control: boolean }): string {
  const authority = url.replace('http://', '')
  const clients = [
    ['Zenlayer Go', `Config{Scheme: "http", Domain: "${authority}"}`],
    ['Zenlayer Python', `Config(scheme="http", domain="${authority}")`],
    ['Zenlayer Java', `config.setProtocol("http"); config.setEndpoint("${authority}");`],
    ['Zenlayer Terraform', `export ZENLAYERCLOUD_SCHEME=HTTP ZENLAYERCLOUD_DOMAIN=${authority}`],
    ['Baidu Go', `bcc.NewClient(ak, sk, "${url}")`],
    ['Baidu Python', `BceClientConfiguration(endpoint="${url}")`],
    ['Baidu Java', `config.setEndpoint("${url}");`],
    ['Baidu JavaScript', `new BceBaseClient({ endpoint: '${url}', credentials: { ak, sk } }, 'bcc', true)`],
    ['Baidu CLI', `bce bcc ListAsps --endpoint ${authority}`],
    ['Baidu Terraform', `export BCC_ENDPOINT=${url}`]
  ]
  return [
    `Snapstand ${version} is listening.`,
    '',
    `  Zenlayer ZEC  ${url}/api/v2/zec`,
    `  Baidu BCC     ${url}/v2`,
    ...(served.control ? [`  Control       ${url}/_snapstand/health`] : []),
    '',
    'Point a client at it; any access key works with itself as its secret, and names a world of its own:',
    '',
    ...clients.map(([name = '', line]) => `  ${name.padEnd(18)}  ${line}`),
    '',
    ''
  ].join('\n')
}
