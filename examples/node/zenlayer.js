import { createHash, createHmac } from 'node:crypto'

/** Calls of Zenlayer ZEC by fetch, signed with what a world gives as credentials. Each gives the `response` of its answer. */
export function zenlayer({ endpoint, domain, accessKeyId, accessKeyPassword }) {
  return async (action, request = {}) => {
    const body = JSON.stringify(request)
    const timestamp = String(Math.floor(Date.now() / 1000))
    const signed = `content-type:application/json\nhost:${domain}\n`
    const canonical = `POST\n/\n\n${signed}\ncontent-type;host\n${sha256(body)}`
    const toSign = `ZC2-HMAC-SHA256\n${timestamp}\n${sha256(canonical)}`
    const signature = createHmac('sha256', accessKeyPassword).update(toSign).digest('hex')
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-zc-action': action,
        'x-zc-version': '2025-09-01',
        'x-zc-timestamp': timestamp,
        'x-zc-signature-method': 'ZC2-HMAC-SHA256',
        authorization: `ZC2-HMAC-SHA256 Credential=${accessKeyId}, SignedHeaders=content-type;host, Signature=${signature}`
      },
      body
    })
    const { response, code, message } = await answer.json()
    if (!answer.ok) throw Object.assign(new Error(message), { code, status: answer.status })
    return response
  }
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}
