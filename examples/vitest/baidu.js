import { createHmac } from 'node:crypto'

/** Calls of Baidu BCC by fetch, signed as its documentation says. Each gives the body of its answer. */
export function baidu(endpoint, ak, sk) {
  return async (method, path, body) => {
    const url = new URL(path, endpoint)
    const prefix = `bce-auth-v1/${ak}/${new Date().toISOString().replace(/\.\d+/, '')}/1800`
    const query = [...url.searchParams]
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .toSorted()
      .join('&')
    const canonical = [method, url.pathname, query, `host:${encodeURIComponent(url.host)}`].join('\n')
    const signature = hmac(hmac(sk, prefix), canonical)
    const answer = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', authorization: `${prefix}/host/${signature}` },
      body: body && JSON.stringify(body)
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(text)
    return text === '' ? undefined : JSON.parse(text)
  }
}

function hmac(key, text) {
  return createHmac('sha256', key).update(text).digest('hex')
}
