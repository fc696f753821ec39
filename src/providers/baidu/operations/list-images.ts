import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { IMAGES } from '../matters/catalogues.ts'
import { client, invented, unsaid } from '../sources.ts'
import { envelopeOf, pageSizeOf } from '../wire/convert.ts'
import { unknownMarker } from '../wire/reasons.ts'
import { Envelope, MarkerQuery, OptionalText } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const EVERY = 'All'

export const listImages = operation({
  name: 'ListImages',
  summary: 'List the images that instances can be made of.',
  evidence: client('5.4', 'Terraform'),
  route: { method: 'GET', path: '/v2/image' },
  request: { query: Type.Object({ ...MarkerQuery, imageType: OptionalText }) },
  response: Type.Object({
    ...Envelope,
    images: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        type: Type.String(),
        osType: Type.String(),
        osName: Type.String(),
        osVersion: Type.String(),
        osArch: Type.String(),
        status: Type.String(),
        desc: Type.String(),
        createTime: Type.String()
      })
    )
  }),
  errors: ['BadRequest'],
  reach: { BadRequest: statement('maxKeys below 1 or no number; a marker that names no image.', unsaid('1.8, Q8')) },
  notes: [
    statement(
      'Four System images, always the same. Another imageType lists none.',
      invented('for clients to filter', '5.4')
    )
  ],
  run({ query, fail }) {
    const { marker, imageType = EVERY } = query
    const images = IMAGES.filter((image) => imageType === EVERY || image.type === imageType)
    const start = marker === undefined ? 0 : images.findIndex((image) => image.id === marker)
    if (start === -1) throw fail('BadRequest', unknownMarker(marker))
    const pageSize = pageSizeOf(query.maxKeys)
    const rows = images.slice(start, start + pageSize + 1)
    return { ...envelopeOf(marker, pageSize, rows), images: rows.slice(0, pageSize) }
  }
})
