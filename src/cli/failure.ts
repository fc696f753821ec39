/** A way to end that is told in one line, with exit code 1. */
export class Failure extends Error {}
