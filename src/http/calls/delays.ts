/** The calls that a fault lets wait. */
export interface Delays {
  /** Over after so long, or at once when the server ends. */
  wait(ms: number): Promise<void>
  end(): void
}

/** Each holds its request in memory: of more the one that has waited longest goes on. */
const DELAYED_MAX = 4096

export function createDelays(): Delays {
  const goOn = new Set<() => void>()
  let ending = false
  return {
    wait(ms) {
      if (ending || ms === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const finish = () => {
          clearTimeout(timer)
          goOn.delete(finish)
          resolve()
        }
        const timer = setTimeout(finish, ms)
        goOn.add(finish)
        const [longest] = goOn
        if (goOn.size > DELAYED_MAX) longest?.()
      })
    },
    end() {
      ending = true
      for (const finish of [...goOn]) finish()
    }
  }
}
