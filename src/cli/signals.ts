/** Settles at the first signal. Asked twice, nobody wants to wait for what is under way. */
export function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const end = () => {
      if (asked) process.exit(1)
      asked = true
      resolve()
    }
    process.on('SIGINT', end)
    process.on('SIGTERM', end)
  })
}
