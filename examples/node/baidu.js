import sdk from '@baiducloud/sdk'

/** Calls of Baidu BCC by Baidu's own SDK, which signs and sends; each gives the body of its answer. */
export function baidu({ endpoint, ak, sk }) {
  const client = new sdk.BceBaseClient({ endpoint, credentials: { ak, sk } }, 'bcc', true)
  return async (method, path, { params = {}, body } = {}) => {
    const answer = await client.sendRequest(method, path, { params, body: body ? JSON.stringify(body) : null })
    return answer.body
  }
}
