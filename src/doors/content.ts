import { Type } from '@sinclair/typebox'
import { door } from './door.ts'
import { ProviderName, WorldQuery } from './schemas.ts'

export const CONTENT_BYTES_MAX = 64 * 1024

const OneVolume = Type.Object({ provider: ProviderName, id: Type.String() })
const PATH = '/:provider/volumes/:id/content'

export const getContent = door({
  name: 'getContent',
  method: 'GET',
  path: PATH,
  summary: 'Read the content marker of a volume.',
  about: 'world',
  request: { params: OneVolume, query: WorldQuery },
  answer: { status: 200, text: 'text/plain; charset=utf-8' },
  refusals: [404]
})

export const setContent = door({
  name: 'setContent',
  method: 'PUT',
  path: PATH,
  summary: 'Write the content marker of a volume: a text that snapshots capture and rollbacks bring back.',
  about: 'world',
  request: { params: OneVolume, query: WorldQuery, text: { types: ['text/plain'], bytesMax: CONTENT_BYTES_MAX } },
  answer: { status: 204 },
  refusals: [404, 413]
})
