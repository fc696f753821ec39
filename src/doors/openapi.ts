import { type Static, Type } from '@sinclair/typebox'
import { door } from './door.ts'
import { NoQuery } from './schemas.ts'

export type OpenApiDocument = Static<typeof OpenApiDocument>
/** OpenAPI 3.1: what its own specification says of it holds. */
export const OpenApiDocument = Type.Object(
  {
    openapi: Type.String({ examples: ['3.1.0'] }),
    info: Type.Object({ title: Type.String(), version: Type.String() }, { additionalProperties: true }),
    paths: Type.Object({}, { additionalProperties: true }),
    components: Type.Object({}, { additionalProperties: true })
  },
  { title: 'OpenApiDocument', additionalProperties: true }
)

/** A file of `/openapi/`, one a cloud. */
const OneDocument = Type.Object({
  file: Type.String({ expected: 'the name of a cloud and `.json`', examples: ['zenlayer.json'] })
})

export const getOpenApi = door({
  name: 'getOpenApi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'Describe this API as OpenAPI 3.1.',
  about: 'server',
  request: { query: NoQuery },
  answer: { status: 200, schema: OpenApiDocument },
  refusals: []
})

export const getCloudOpenApi = door({
  name: 'getCloudOpenApi',
  method: 'GET',
  path: '/openapi/:file',
  summary: 'Describe the API of a cloud as OpenAPI 3.1, with every error and examples of both.',
  about: 'server',
  request: { params: OneDocument, query: NoQuery },
  answer: { status: 200, schema: OpenApiDocument },
  refusals: [404]
})
