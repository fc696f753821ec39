/**
 * What the reader of documents needs of `yaml`, by name: `yaml` is CommonJS, and a bundle that loads it dynamically finds
 * no names on it, only a default.
 */
export { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
