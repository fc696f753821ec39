import { clouds } from '../../src/clouds.ts'
import { cloudPage } from './cloud.ts'
import { commandLinePage } from './command-line.ts'
import { controlApiPage } from './control-api.ts'
import { decisionsPage } from './decisions.ts'
import { differencesPage } from './differences.ts'
import { faultsPage } from './faults.ts'
import { flagsPage } from './flags.ts'
import { seedsPage } from './seeds.ts'
import { settingsPage } from './settings.ts'

/** Every page that is generated, by its path from the root of the repository, which is given. */
export async function generatedPages(root: string): Promise<Readonly<Record<string, string>>> {
  return {
    'docs/reference/command-line.md': await commandLinePage(),
    'docs/reference/flags.md': flagsPage(),
    'docs/reference/control-api.md': controlApiPage(),
    'docs/reference/settings.md': settingsPage(),
    'docs/reference/seeds.md': await seedsPage(),
    'docs/reference/faults.md': faultsPage(),
    ...Object.fromEntries(clouds.map((provider) => [`docs/reference/${provider.name}.md`, cloudPage(provider)])),
    'docs/differences.md': differencesPage(root),
    'docs/decisions/README.md': await decisionsPage(root)
  }
}
