import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../program.ts'

export interface Instruction {
  readonly name: string
  readonly rest: string
}
export type Stage = readonly Instruction[]

/** The stages of the Dockerfile, each with its instructions; continued lines are one. */
export const stages: readonly Stage[] = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
  .replaceAll(/^\s*#.*\n/gm, '')
  .replaceAll(/\\\n/g, ' ')
  .split(/^(?=FROM )/m)
  .filter((stage) => stage.trim() !== '')
  .map((stage) =>
    stage
      .trim()
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => ({ name: line.split(' ', 1)[0] ?? '', rest: line.replace(/^\S+\s+/, '').trim() }))
  )

export const [builder = [], image = []] = stages

/** What stands behind each instruction of this name. */
export function all(stage: Stage, name: string): readonly string[] {
  return stage.filter((instruction) => instruction.name === name).map(({ rest }) => rest)
}

/** What stands behind the one instruction of this name in the image. */
export function only(name: string): string {
  const [found, ...more] = all(image, name)
  if (found === undefined || more.length > 0) throw new Error(`the image has not one ${name}`)
  return found
}

/** What the image copies, and from which stage. */
export interface Copied {
  readonly from: string | undefined
  readonly sources: readonly string[]
}
export function copiesOf(stage: Stage): readonly Copied[] {
  return all(stage, 'COPY').map((rest) => {
    const words = rest.split(/\s+/)
    const [, from] = /^--from=(.+)$/.exec(words[0] ?? '') ?? []
    return { from, sources: words.slice(from === undefined ? 0 : 1, -1) }
  })
}

export const environment: Readonly<Record<string, string>> = Object.fromEntries(
  all(image, 'ENV')
    .flatMap((rest) => rest.split(/\s+/))
    .map((pair) => pair.split('=', 2))
)
export const entrypoint: readonly string[] = JSON.parse(only('ENTRYPOINT'))
export const command: readonly string[] = JSON.parse(only('CMD'))
export const healthcheck: readonly string[] = JSON.parse(only('HEALTHCHECK').replace(/^.*?CMD\s+/, ''))
