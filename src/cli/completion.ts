import { type Command, Help } from 'commander'
import type { JsonForm } from '../config/forms.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** A command, by the words that lead to it, with what may follow them. */
interface Place {
  /** `snapstand checkpoint save` */
  readonly path: string
  readonly words: readonly Choice[]
  readonly options: readonly OptionOf[]
  readonly takesFile: boolean
}
interface Choice {
  readonly name: string
  readonly about: string
}
interface OptionOf extends Choice {
  /** What its value is: one of some words, a file, something else; undefined: it has none. */
  readonly value: readonly string[] | 'file' | 'other' | undefined
}

/** What is known of a flag's values. */
export type Forms = readonly { readonly name: string; readonly schema?: JsonForm }[]

/** A script that completes the commands and flags of this program, for a shell to load. */
export function completionOf(program: Command, forms: Forms, shell: Shell): string {
  const [root, ...below] = placesIn(program, program.name(), forms)
  if (!root) return ''
  // The program's flags are those of `start`, which may be left out.
  const { options } = root
  const all = [root, ...below.map((place) => (place.path === 'snapstand start' ? { ...place, options } : place))]
  switch (shell) {
    case 'bash':
      return bash(all)
    case 'zsh':
      return zsh(all)
    case 'fish':
      return fish(all)
    default:
      return shell satisfies never
  }
}

const FILES = ['file', 'folder', 'rule']

function placesIn(command: Command, path: string, forms: Forms): readonly Place[] {
  const help = new Help()
  const below = help.visibleCommands(command)
  const given = command.registeredArguments
  const words = given.flatMap(({ argChoices }) => argChoices ?? []).map((name) => ({ name, about: '' }))
  const place = {
    path,
    words: [...below.map((each) => ({ name: each.name(), about: each.description() })), ...words],
    options: help.visibleOptions(command).flatMap(({ long, flags, description }) => {
      if (!long) return []
      return [{ name: long, about: description, value: valueIn(long, flags, forms) }]
    }),
    takesFile: given.some((argument) => FILES.includes(argument.name()))
  }
  return [place, ...below.flatMap((each) => placesIn(each, `${path} ${each.name()}`, forms))]
}

function valueIn(long: string, flags: string, forms: Forms): OptionOf['value'] {
  const [, argument] = /[<[](.+)[>\]]/.exec(flags) ?? []
  if (argument === undefined) return undefined
  const known = forms.find(({ name }) => `--${name}` === long)?.schema?.enum
  return known?.map(String) ?? (FILES.includes(argument) ? 'file' : 'other')
}

/** The options of all places by what their values are; one name means the same wherever it stands. */
function valuesOf(places: readonly Place[]) {
  const options = places.flatMap((place) => place.options)
  const named = (kind: 'file' | 'other') => [
    ...new Set(options.filter(({ value }) => value === kind).map(({ name }) => name))
  ]
  const chosen = new Map(options.flatMap(({ name, value }) => (Array.isArray(value) ? [[name, value.join(' ')]] : [])))
  return { files: named('file'), others: named('other'), chosen: [...chosen] }
}

function bash(places: readonly Place[]): string {
  const { files, others, chosen } = valuesOf(places)
  return `# source <(snapstand completion bash)
_snapstand() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} place=snapstand each words=
  COMPREPLY=()
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$place $each" in
      ${pathsOf(places).map(quoted).join(' | ')}) place="$place $each" ;;
    esac
  done
  case $before in
${chosen.map(([name, words]) => `    ${name}) COMPREPLY=($(compgen -W '${words}' -- "$word")); return ;;`).join('\n')}
    ${files.join(' | ')}) compopt -o default 2> /dev/null; return ;;
    ${others.join(' | ')}) return ;;
  esac
  case $place in
${places.map((place) => `    ${quoted(place.path)}) words=${quoted(namesOf(place))} ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  case $place in
    ${pathsOf(places.filter(({ takesFile }) => takesFile))
      .map(quoted)
      .join(' | ')})
      [[ $word == -* ]] || compopt -o default 2> /dev/null ;;
  esac
}
complete -F _snapstand snapstand
`
}

function zsh(places: readonly Place[]): string {
  const { files, others, chosen } = valuesOf(places)
  const described = (choices: readonly Choice[]) =>
    choices.map(({ name, about }) => quoted(`${name}:${about.replaceAll(':', '\\:')}`)).join(' ')
  return `# source <(snapstand completion zsh)
_snapstand() {
  local place=snapstand each before=\${words[CURRENT-1]}
  local -a names options
  for each in "\${(@)words[2,CURRENT-1]}"; do
    case "$place $each" in
      (${pathsOf(places).map(quoted).join('|')}) place="$place $each" ;;
    esac
  done
  case $before in
${chosen.map(([name, words]) => `    (${name}) compadd -- ${words}; return ;;`).join('\n')}
    (${files.join('|')}) _files; return ;;
    (${others.join('|')}) return ;;
  esac
  case $place in
${places.map((place) => `    (${quoted(place.path)}) names=(${described(place.words)}) options=(${described(place.options)}) ;;`).join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe option options
    return
  fi
  _describe command names
  case $place in
    (${pathsOf(places.filter(({ takesFile }) => takesFile))
      .map(quoted)
      .join('|')}) _files ;;
  esac
}
compdef _snapstand snapstand
`
}

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, words, options, takesFile }) => {
    const here = `complete -c snapstand -n 'string match -q -- "${path}" (__snapstand_place)'`
    return [
      ...(takesFile ? [`${here} -F`] : []),
      ...words.map(({ name, about }) => `${here} -a ${name} -d ${quotedForFish(about)}`),
      ...options.map(({ name, about, value }) => {
        const taken =
          value === undefined
            ? ''
            : value === 'file'
              ? ' -r -F'
              : value === 'other'
                ? ' -x'
                : ` -x -a '${value.join(' ')}'`
        return `${here} -l ${name.replace(/^--/, '')}${taken} -d ${quotedForFish(about)}`
      })
    ]
  })
  return `# snapstand completion fish | source
function __snapstand_place
    set -l place snapstand
    for each in (commandline -opc)[2..-1]
        switch "$place $each"
            case ${pathsOf(places).map(quoted).join(' ')}
                set place "$place $each"
        end
    end
    echo $place
end
complete -c snapstand -f
${lines.join('\n')}
`
}

function pathsOf(places: readonly Place[]): readonly string[] {
  return places.map(({ path }) => path)
}

function namesOf({ words, options }: Place): string {
  return [...words, ...options].map(({ name }) => name).join(' ')
}

/** For a shell that knows no escapes between single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
function quotedForFish(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
