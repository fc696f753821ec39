import starter from '../../fixtures/seeds/starter.yaml'
import { plainDocument, type SourceDocument } from '../documents/document.ts'

/** The seed that new worlds start with unless another is given; part of the build, so that the server needs no file. */
export const starterDocument: SourceDocument = plainDocument('the built-in starter seed', starter)
