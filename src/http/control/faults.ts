import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FaultRule } from '../../core/model/fault-form.ts'
import { type Fault, FaultRefused } from '../../core/model/faults.ts'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import type { Path } from '../../documents/walk.ts'
import { clearFaults, dropFault, listFaults, putFault } from '../../doors/faults.ts'
import { wrongsOfFault } from '../../providers/faults.ts'
import { Problem } from '../problem.ts'
import type { ControlContext } from './index.ts'
import { change, look, sentenceOf, worldIdOf } from './input.ts'
import { serve } from './serve.ts'

/** Rules for what goes wrong, of a world or of the server. */
export function faults(app: FastifyInstance, context: ControlContext): void {
  const { core } = context

  serve(app, listFaults, (request) => {
    if (isOfAll(request)) return core.faults.all().map((fault) => shown(ALL_WORLDS, fault))
    return look(context, request, async (world) => {
      await world.ready()
      return world.faults().map((fault) => shown(worldOf(world.id, fault), fault))
    })
  })

  serve(app, putFault, async (request) => {
    const rule = ruleOf(context, request.params.id, request.body)
    if (isOfAll(request)) {
      orProblem(rule, () => core.faults.put(rule))
      const put = core.faults.all().find((fault) => fault.rule.id === rule.id)
      return shown(ALL_WORLDS, put ?? { rule, met: 0, acted: 0 })
    }
    return change(context, request, async (world) => {
      await world.ready()
      orProblem(rule, () => world.putFault(rule))
      const put = world.faults().find((fault) => fault.scope === 'world' && fault.rule.id === rule.id)
      return shown(world.id, put ?? { rule, met: 0, acted: 0 })
    })
  })

  serve(app, dropFault, async (request) => {
    const { id } = request.params
    const isDropped = isOfAll(request) ? core.faults.drop(id) : core.peek(worldIdOf(request))?.dropFault(id)
    if (!isDropped) throw unknown(context, request, id)
  })

  serve(app, clearFaults, async (request) => {
    if (isOfAll(request)) core.faults.clear()
    else core.peek(worldIdOf(request))?.dropFault()
  })
}

function isOfAll(request: FastifyRequest): boolean {
  return worldIdOf(request) === ALL_WORLDS
}

function worldOf(world: string, { scope }: Fault): string {
  return scope === 'server' ? ALL_WORLDS : world
}

function shown(world: string, { rule, met, acted }: Pick<Fault, 'rule' | 'met' | 'acted'>) {
  const { id, provider = '*', operation = '*', enabled = true, ...others } = rule
  return { id, world, provider, operation, ...others, enabled, met, acted }
}

/** The rule that a body is, if it can act. */
function ruleOf({ clouds }: ControlContext, id: string, body: Partial<FaultRule> & Pick<FaultRule, 'then'>): FaultRule {
  if (body.id !== undefined && body.id !== id) {
    throw new Problem(400, 'id of the body names another rule than the path.', {
      field: 'id',
      value: body.id,
      example: id
    })
  }
  const { id: _, provider = '*', operation = '*', ...others } = body
  const rule = { id, provider, operation, ...others }
  const [wrong] = wrongsOfFault(rule, clouds)
  if (!wrong) return rule
  const { path, example, known } = wrong
  const field = path.join('.')
  throw new Problem(400, sentenceOf(field, wrong), {
    field,
    value: at(rule, path),
    example,
    ...(known && { nearest: wrong.nearest, known })
  })
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value
  )
}

/** No more rules, or none so long. */
function orProblem(rule: FaultRule, put: () => void): void {
  try {
    put()
  } catch (error) {
    if (!(error instanceof FaultRefused)) throw error
    throw new Problem(409, `The rule is not taken: ${error.message}.`, {
      field: error.reason === 'count' ? 'id' : 'body',
      ...(error.reason === 'count' && { value: rule.id }),
      reason: error.reason,
      example: { then: { error: 'InternalError' } }
    })
  }
}

function unknown({ core }: ControlContext, request: FastifyRequest, id: string): Problem {
  const world = worldIdOf(request)
  const ofServer = core.faults.all().map(({ rule }) => rule.id)
  const ofWorld = core.peek(world)?.faults() ?? []
  const own = ofWorld.flatMap(({ scope, rule }) => (scope === 'world' ? rule.id : []))
  const whose = world === ALL_WORLDS ? 'The server' : `The world ${JSON.stringify(world)}`
  const hint =
    world !== ALL_WORLDS && ofServer.includes(id) ? '; the server has one of that name, which ?world=* means' : ''
  return new Problem(404, `${whose} has no fault ${JSON.stringify(id)}${hint}.`, {
    field: 'id',
    value: id,
    known: world === ALL_WORLDS ? ofServer : own
  })
}
