import { clouds } from '../../src/clouds.ts'
import { settingsOf } from '../../src/core/model/rules.ts'
import { createSchemaWriter } from '../../src/http/openapi/schemas.ts'
import { code, madeFrom, page, plain, table, value } from './markdown.ts'
import { saidOf, typeOf } from './schemas.ts'

/** Every setting of a world. */
export function settingsPage(): string {
  const settings = settingsOf(Object.fromEntries(clouds.map(({ name, rules }) => [name, rules])))
  const writer = createSchemaWriter()
  const rows = Object.entries(settings).map(([name, { default: preset, form, description, source }]) => {
    const { description: takes, ...schema } = writer.of(form)
    return [
      code(name),
      value(preset),
      typeof takes === 'string' ? plain(takes) : [typeOf(schema, code), saidOf(schema)].join(' ').trim(),
      plain(description),
      plain(source)
    ]
  })
  return page(
    'Settings',
    madeFrom('the tables of settings'),
    'Of a world, each by its name: `snapstand settings set NAME=VALUE --world KEY`, `PATCH /_snapstand/settings`, or `settings` in a [seed](seeds.md). `null` goes back to the default. The source is a section of what is known of the cloud ([Zenlayer](../clouds/zenlayer.md), [Baidu](../clouds/baidu.md)).',
    table(['setting', 'default', 'takes', 'what it is', 'source'], rows)
  )
}
