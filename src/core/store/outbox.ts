import type { EventType, Happening, Teller } from '../model/events.ts'

/** What happened in the running transaction: told when it is committed, and never if it is not. */
export interface Outbox {
  /** Whether anybody wants to know: else nothing needs to be put together. */
  wants(type: EventType): boolean
  put(happening: Happening): void
  /** Whom it is told; until then nobody. */
  connect(teller: Teller): void
  send(): void
  drop(): void
}

export function createOutbox(): Outbox {
  let teller: Teller | undefined
  let happened: Happening[] = []
  return {
    wants: (type) => teller?.wants(type) === true,
    put(happening) {
      happened.push(happening)
    },
    connect(to) {
      teller = to
    },
    send() {
      if (happened.length === 0) return
      const told = happened
      happened = []
      teller?.tell(told)
    },
    drop() {
      if (happened.length > 0) happened = []
    }
  }
}
