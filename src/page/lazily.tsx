import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { wordsFor } from './server.ts'
import { Loading } from './ui/states.tsx'

/** A view whose code comes when somebody first wants to see it. A file that holds one component gives it as `default`. */
export function lazily(load: () => Promise<{ readonly default: ComponentType }>): ComponentType {
  const loaded = signal<ComponentType | undefined>(undefined)
  const failed = signal<unknown>(undefined)
  return function Lazy() {
    useEffect(() => {
      if (loaded.peek()) return
      load().then(
        (module) => {
          loaded.value = module.default
        },
        (error: unknown) => {
          failed.value = error
        }
      )
    }, [])
    const View = loaded.value
    if (View) return <View />
    if (failed.value === undefined) return <Loading what="this view" />
    return <p class="problem">This view could not be loaded ({wordsFor(failed.value)}). Load the page again.</p>
  }
}
