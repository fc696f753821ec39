import type { Credentials } from '../../providers/clients.ts'
import { createSender } from '../../upstream/send.ts'
import type { ComparedCloud } from '../clouds/cloud.ts'
import type { Answer } from '../differences/answers.ts'
import { answerOf } from '../exchange.ts'
import { compareRecorded, type Effort } from '../explaining/explain.ts'
import { CATALOGUES } from '../probes/index.ts'
import { callsOf, type Probe } from '../probes/probe.ts'
import { openStage, STRANGE_KEY } from '../replay/stage.ts'
import { type Report, reportOf } from '../report.ts'
import { type AskedAll, type Asking, askAll, type ProbeAsked } from './ask.ts'
import { THINGS } from './index.ts'

/** What one probe found out. */
export interface ProbeReport {
  readonly question: string
  readonly asks: string
  /** By what each thing is called. */
  readonly there: Readonly<Record<string, string>>
  readonly here: Readonly<Record<string, string>>
  readonly isSame: boolean
  readonly decides: string
  /** Why it did not come to its end. */
  readonly reason?: string
}

export interface UpstreamReport extends Report {
  readonly probes: readonly ProbeReport[]
  readonly spent: AskedAll['spent']
  readonly left: AskedAll['left']
}

type Options = Omit<Asking, 'cloud' | 'catalogue' | 'things' | 'sender' | 'strange'> & {
  readonly url: URL
  readonly cloud: ComparedCloud
  readonly credentials: Credentials
  /** A certificate that is trusted, too. */
  readonly ca?: string | undefined
  readonly effort?: Effort
}

/** The probes that can be asked, in the order of the page. */
export function probesFor(cloud: ComparedCloud, isWriting: boolean, hasInstance: boolean): readonly Probe[] {
  const { probes } = CATALOGUES[cloud.provider.name] ?? { probes: [] }
  return probes
    .filter(({ writes }) => isWriting || !writes)
    .filter(({ needs = [] }) => hasInstance || !needs.includes('instance'))
    .toSorted((one, other) => one.question.localeCompare(other.question, 'en', { numeric: true }))
}

/** What probes cost at most, without what they work with. */
export function callsAtMost(probes: readonly Probe[]): number {
  return probes.reduce((sum, probe) => sum + callsOf(probe), 0)
}

/** Asks the other side, plays the same here, and tells where they differ. What broke the asking off is thrown after it. */
export async function compareUpstream(
  options: Options
): Promise<{ readonly report: UpstreamReport; readonly broken: unknown }> {
  const { url, cloud, credentials, ca, effort } = options
  const { provider } = cloud
  const catalogue = CATALOGUES[provider.name]
  const things = THINGS[provider.name]
  if (!catalogue || !things) throw new Error(`${provider.name} has no catalogue of probes`)
  const sender = createSender(url, provider, credentials, ca)
  const strange = createSender(url, provider, STRANGE_KEY, ca)
  const asked = await askAll({ ...options, catalogue, things, sender, strange }).finally(() => {
    sender.close()
    strange.close()
  })
  const stage = await openStage(provider)
  try {
    const { startedAt, exchanges } = asked
    const comparison = await compareRecorded(stage, { cloud, startedAt, exchanges }, effort)
    const theirs = exchanges.map(answerOf)
    const probes = asked.probes.map((each) => probeReport(each, theirs, comparison.replay.answers))
    const report = { ...reportOf(provider.name, comparison), probes, spent: asked.spent, left: asked.left }
    return { report, broken: asked.broken }
  } finally {
    await stage.close()
  }
}

function probeReport(
  { probe, calls, reason }: ProbeAsked,
  theirs: readonly (Answer | undefined)[],
  ours: readonly (Answer | undefined)[]
): ProbeReport {
  const told = (answers: readonly (Answer | undefined)[]) =>
    Object.fromEntries(
      Object.entries(probe.reads).map(([name, read]) => [
        name,
        read((step) => (calls.get(step) ?? []).flatMap((call) => answers[call] ?? []))
      ])
    )
  const { question, asks, decides } = probe
  const [there, here] = [told(theirs), told(ours)]
  const isSame = Object.keys(there).every((name) => there[name] === here[name])
  return { question, asks, there, here, isSame, decides, ...(reason !== undefined && { reason }) }
}
