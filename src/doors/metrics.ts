import { door } from './door.ts'

export const getMetrics = door({
  name: 'getMetrics',
  method: 'GET',
  path: '/metrics',
  summary: 'Tell what the server has counted, in Prometheus’ text format.',
  notes: ['Only with --metrics; it opens no world, and names worlds only with --metrics-worlds.'],
  about: 'server',
  request: {},
  answer: { status: 200, text: 'text/plain; version=0.0.4; charset=utf-8' },
  refusals: [404]
})
