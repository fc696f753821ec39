import { parentPort, workerData } from 'node:worker_threads'
import { signedHeaders } from '../../build/signed-call.ts'
import { connectionTo } from './connection.ts'

// A thread of its own: somebody else's small call, signed, every 20 ms in a world of its own, while a machine runs.

const EVERY_MS = 20
const port = Number(workerData)
const connection = connectionTo(port)
const host = `127.0.0.1:${port}`
const waits: number[] = []
let failed = 0
let isWaiting = false

const timer = setInterval(async () => {
  if (isWaiting) return
  isWaiting = true
  const headers = Object.entries(signedHeaders('bystander', host, 'DescribeZones', '{}'))
  const head = [
    'POST /api/v2/zec HTTP/1.1',
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'content-length: 2'
  ]
  const begun = performance.now()
  try {
    const { status } = await connection.send(Buffer.from(`${head.join('\r\n')}\r\n\r\n{}`), 'POST')
    waits.push(performance.now() - begun)
    if (status !== 200) failed++
  } catch {
    failed++
  }
  isWaiting = false
}, EVERY_MS)

parentPort?.on('message', () => {
  clearInterval(timer)
  connection.close()
  waits.sort((one, other) => one - other)
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0
  parentPort?.postMessage({ calls: waits.length, failed, p50: at(0.5), p99: at(0.99), p100: at(1) })
  parentPort?.close()
})
