import { nearest } from '../../documents/nearest.ts'
import type { ServedCloud } from '../context.ts'
import { Problem } from '../problem.ts'
import type { ControlContext } from './index.ts'

type Clouds = Pick<ControlContext, 'clouds'>

/** The cloud that a path names; where there is none of that name, there is nothing at the path. */
export function cloudAt({ clouds }: Clouds, name: string): ServedCloud {
  const cloud = clouds.find((each) => each.name === name)
  if (cloud) return cloud
  const known = clouds.map((each) => each.name)
  throw new Problem(404, `There is no cloud ${JSON.stringify(name)}; there are ${known.join(' and ')}.`, {
    field: 'provider',
    value: name,
    known
  })
}

/** The clouds that are asked for: the one that is named, or all. */
export function cloudsMeant({ clouds }: Clouds, name: string | undefined): readonly ServedCloud[] {
  const meant = clouds.filter((each) => name === undefined || each.name === name)
  if (name === undefined || meant.length > 0) return meant
  const known = clouds.map((each) => each.name)
  throw new Problem(400, `There is no cloud ${JSON.stringify(name)}; known are ${known.join(', ')}.`, {
    field: 'provider',
    value: name,
    example: nearest(name, known) ?? known[0]
  })
}
