/** The build and the tests hand a YAML file over as plain data. */
declare module '*.yaml' {
  const document: unknown
  export default document
}
