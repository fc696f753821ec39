/** What happens now, for whoever waits. */
export function say(line: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)}  ${line}\n`)
}
