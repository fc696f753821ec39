/** Where the emulator's own API lives, on the port of the clouds. */
export const PREFIX = '/_snapstand'
