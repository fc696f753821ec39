import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget'
import { Service } from 'kubernetes-models/v1/Service'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { ROOT } from '../program.ts'

const deploy = join(ROOT, 'deploy')
const text = (...path: string[]) => readFileSync(join(deploy, ...path), 'utf8')

/** By the schemas that Kubernetes publishes. */
const MODELS = { Deployment, PodDisruptionBudget, Service, StatefulSet }

/** Throws what the schema of a manifest's kind has against it. */
function validate(manifest: unknown): void {
  const { kind }: { kind?: unknown } = Object(manifest)
  const Model = Object.entries(MODELS).find(([name]) => name === kind)?.[1]
  if (!Model) throw new Error(`no schema for ${kind}`)
  new Model(Object(manifest)).validate()
}

const manifests: readonly unknown[] = ['shards.yaml', 'proxy.yaml'].flatMap((file) =>
  parseAllDocuments(text('kubernetes', file)).map((document): unknown => document.toJS())
)
const named = (kind: string, name: string) =>
  Object(manifests.find((each) => Object(each).kind === kind && Object(each).metadata?.name === name))

/** `snapstand-0`, … of an nginx configuration. */
const upstreamsIn = (config: string) => [...config.matchAll(/^upstream (\S+)/gm)].map(([, name]) => name)

test('the manifests are what Kubernetes has schemas for, and fit them', () => {
  expect(manifests).toHaveLength(9)
  for (const manifest of manifests) expect(() => validate(manifest), JSON.stringify(manifest)).not.toThrow()
})

test('a manifest that does not fit is found', () => {
  const wrong = structuredClone(named('StatefulSet', 'snapstand'))
  wrong.spec.replicas = 'three'
  expect(() => validate(wrong)).toThrow(/replicas/)
  const unknown = structuredClone(named('Deployment', 'snapstand-proxy'))
  delete unknown.spec.selector
  expect(() => validate(unknown)).toThrow(/selector/)
})

test('every shard has an address, an upstream, and the same number of others', () => {
  const { spec } = named('StatefulSet', 'snapstand')
  const names = Array.from({ length: spec.replicas }, (_, index) => `snapstand-${index}`)
  for (const name of names) {
    const selector = { 'statefulset.kubernetes.io/pod-name': name }
    expect(named('Service', name).spec?.selector, name).toEqual(selector)
  }
  expect(upstreamsIn(text('nginx', 'containers', 'shards.conf'))).toEqual(names)
  expect(upstreamsIn(text('nginx', 'snapstand', 'shards.conf'))).toEqual(names)
  const [container] = spec.template.spec.containers
  expect(container.env).toContainEqual({ name: 'SNAPSTAND_SHARD', value: `$(POD_NAME)/${names.length}` })
  const { services } = parse(text('compose.shards.yml'), { merge: true })
  expect(Object.keys(services).toSorted()).toEqual(['snapstand', ...names])
  for (const [index, name] of names.entries()) {
    expect(services[name].environment.SNAPSTAND_SHARD).toBe(`${index}/${names.length}`)
    expect(services[name].read_only).toBe(true)
  }
})

test('no container writes but where it is meant to', () => {
  for (const [kind, name] of [
    ['StatefulSet', 'snapstand'],
    ['Deployment', 'snapstand-proxy']
  ] as const) {
    const pod = named(kind, name).spec.template.spec
    expect(pod.securityContext.runAsNonRoot).toBe(true)
    for (const { securityContext, resources } of pod.containers) {
      expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false })
      expect(resources.limits.memory).toBeDefined()
    }
  }
})

test('what is named is there: files of the configuration, of the kustomizations, of the compose file', () => {
  const { configMapGenerator } = parse(text('nginx', 'kustomization.yaml'))
  const files: readonly string[] = configMapGenerator.flatMap((each: { files: readonly string[] }) => each.files)
  for (const file of files) expect(existsSync(join(deploy, 'nginx', file)), file).toBe(true)
  const mounted = named('Deployment', 'snapstand-proxy').spec.template.spec.volumes[0].configMap
  expect(mounted.items.map(({ key }: { key: string }) => key)).toEqual(files.map((file) => file.split('/').at(-1)))
  const { resources } = parse(text('kubernetes', 'kustomization.yaml'))
  for (const file of resources) expect(existsSync(join(deploy, 'kubernetes', file)), file).toBe(true)
  for (const [, file = ''] of text('compose.shards.yml').matchAll(/- \.\/(\S+?):/g)) {
    expect(existsSync(join(deploy, file)), file).toBe(true)
  }
})

test('the configuration of containers is the one that the tests start, at other addresses', () => {
  const same = (config: string) =>
    config
      .replaceAll(/^#.*\n/gm, '')
      .replaceAll(/127\.0\.0\.1:743(\d)/g, 'snapstand-$1:7420')
      .replace('127.0.0.1:7420', '7420')
  expect(same(text('nginx', 'containers', 'nginx.conf'))).toBe(same(text('nginx', 'nginx.conf')))
  expect(same(text('nginx', 'containers', 'shards.conf'))).toBe(same(text('nginx', 'snapstand', 'shards.conf')))
  expect(readdirSync(join(deploy, 'nginx')).toSorted()).toEqual([
    'containers',
    'kustomization.yaml',
    'nginx.conf',
    'snapstand'
  ])
})
