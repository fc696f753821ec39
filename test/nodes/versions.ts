/** The versions of Node that the package is tried on, and the newest of those that are told that they are too old. */
export const SUPPORTED = [22, 24, 26]
export const TOO_OLD = 20
