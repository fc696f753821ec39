import type { JournalEntry } from '../../client/index.ts'
import { useAsked } from '../asked.ts'
import { goTo } from '../place.ts'
import { server } from '../server.ts'
import { AsCommand, Do } from '../ui/button.tsx'
import { putting } from './rules.ts'

/** Makes the next call like this one fail: with its code if it was refused, else with one that any operation may answer. */
export function NextFails({ entry: { provider, operation, code } }: { readonly entry: JournalEntry }) {
  const asked = useAsked((signal) => server.value.operations(provider, { signal }), [server.value, provider])
  const known = asked.value.value
  if (operation === null || !known) return null
  const own = known.operations.find(({ name }) => name === operation)?.errors ?? []
  const codes = [...own, ...(known.common[provider] ?? [])].map((each) => each.code)
  const error =
    codes.find((each) => each === code) ??
    known.common[provider]?.findLast(({ status }) => status >= 500)?.code ??
    codes[0]
  if (error === undefined) return null
  const put = putting(
    `next-${operation}`,
    { provider, operation, times: 1, then: { error } },
    'Make the next such call fail'
  )
  return (
    <>
      <Do action={put} done={`The next ${operation} is answered ${error}.`} after={() => goTo('faults')} />
      <AsCommand actions={[put]} of="making the next such call fail" />
    </>
  )
}
