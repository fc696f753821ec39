/** No database can be opened on this machine. The message says why, and the way out. */
export class NoDatabase extends Error {}
