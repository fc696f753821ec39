/** What members of a cloud's answers are called, as far as a comparison has to know. */
export interface CloudMembers {
  /** Whether a member holds an id, or a list of some: another one on each side. */
  isId(name: string): boolean
  /** What an element of a list is known by, the first that it has. */
  readonly keys: readonly string[]
  /** What says of a thing in which state it is; the first that it has. */
  readonly states: readonly string[]
  /** Other at each call by its nature: compared by its form alone. */
  isFresh(name: string): boolean
  /** Follows from a state. */
  isOfState(name: string): boolean
  /** How long a list is that stands beside it. */
  isTotal(name: string): boolean
}
