import { type Command, Option } from 'commander'
import { readCredentials } from '../config/config.ts'
import type { Environment } from '../config/variables.ts'
import { BadUsage, type Complaint } from '../documents/complaint.ts'
import { readDocument } from '../documents/document.ts'
import { unknownName } from '../documents/words.ts'
import type { Credentials } from '../providers/clients.ts'
import type { Provider } from '../providers/provider.ts'
import { confirm } from './confirm.ts'
import { Failure } from './failure.ts'
import { certificateOf, type Options, textOf } from './options.ts'
import { toldToEnd } from './signals.ts'
import { statusIn, type Terminal } from './terminal.ts'

export interface RecordSurroundings {
  readonly terminal: Terminal
  readonly version: string
  readonly env?: Environment | undefined
  /** Settles when the recording is to end; default: at a signal. */
  readonly ended?: (() => Promise<void>) | undefined
}

/** Adds the command that records a client's calls to a cloud. */
export function addRecord(program: Command, surroundings: RecordSurroundings): void {
  const many = (word: string, before: readonly string[] = []) => [...before, word]
  program
    .command('record')
    .description('pass a client’s calls on to a cloud itself, and keep them in a folder without what is secret in them')
    .addOption(new Option('--cloud <name>', 'zenlayer or baidu'))
    .addOption(new Option('--upstream <url>', 'the cloud: https://console.zenlayer.com, https://bcc.bj.baidubce.com'))
    .addOption(
      new Option('--listen <port>', 'where the client is to call, on 127.0.0.1; 0 is a free port').default('0')
    )
    .addOption(new Option('--to <folder>', 'where the recording goes, a file for each call'))
    .addOption(new Option('--redact <word>', 'what is replaced, too, wherever it stands (repeatable)').argParser(many))
    .addOption(new Option('--ca <file>', 'a certificate that is trusted beside those that this machine trusts, in PEM'))
    .addOption(new Option('--yes', 'do not ask whether calls that may cost money are meant'))
    .addHelpText('after', AFTER_HELP)
    .allowExcessArguments(false)
    // A flag of all commands: here it says what the other side started with.
    .action((options: Options) => record({ ...options, seed: program.opts().seed }, surroundings))
}

async function record(options: Options, { terminal, version, env, ended = toldToEnd }: RecordSurroundings) {
  const [{ startRecording }, { refuseRecording }, { upstreamOf }] = await Promise.all([
    import('../recording/start.ts'),
    import('../recording/writer.ts'),
    import('../upstream/target.ts')
  ])
  const { provider, folder, port, words } = await asked(options)
  const upstream = upstreamOf(textOf(options, 'upstream') ?? '')
  const credentials = credentialsOf(provider, env)
  const ca = await certificateOf(options)
  const seedFile = textOf(options, 'seed')
  const origin = seedFile === undefined ? undefined : { seed: await seedIn(seedFile, provider) }
  await refuseRecording(folder)
  await confirm(terminal, whatItDoes(provider, upstream, credentials), options.yes === true)
  // Ctrl-C between here and the first call ends it in order, too.
  const end = ended()
  const { stdout, stderr, paint } = terminal
  const running = await startRecording({
    ...{ provider, upstream, credentials, words, ca, folder, port, origin },
    tool: `snapstand ${version}, Node ${process.versions.node}`,
    tell(event) {
      const name = `${String(event.number).padStart(4, '0')}  ${event.operation ?? 'unknown'}`
      if (event.kind === 'failed') stderr.write(`${name}  not recorded: ${event.reason}\n`)
      else if (event.kind === 'withheld') stderr.write(`${name}  not recorded: a secret would be in it\n`)
      else stdout.write(`${name}  ${statusIn(paint, event.status)}  ${event.tookMs} ms\n`)
    }
  }).catch((error: unknown) => {
    throw listenFailure(error, port) ?? error
  })
  stdout.write(`${running.url}/ goes on to ${upstream.origin} and is kept in ${folder}, until Ctrl-C.\n`)
  for (const [client, line] of provider.clients?.(running.url).lines ?? []) stdout.write(`  ${client}: ${line}\n`)
  await end
  const { kept, withheld, failed, redacted } = await running.close()
  const replaced = Object.entries(redacted).map(([kind, count]) => `${kind} ${count}`)
  stdout.write(
    `${kept} exchanges in ${folder}. Replaced: ${replaced.join(', ') || 'nothing'}. Look at them before you send them.\n`
  )
  const gaps = failed === 0 ? '' : `${failed === 1 ? '1 call was' : `${failed} calls were`} not recorded, as told above`
  if (withheld.length === 0 && failed === 0) return
  if (withheld.length === 0) throw new Failure(gaps)
  if (failed > 0) stderr.write(`snapstand: ${gaps}\n`)
  const list = withheld.slice(0, LISTED_MAX).join(', ') + (withheld.length > LISTED_MAX ? ', …' : '')
  const what = withheld.length === 1 ? '1 exchange was' : `${withheld.length} exchanges were`
  throw new Failure(
    `${what} not written, because a secret was still in ${withheld.length === 1 ? 'it' : 'them'}: ${list}`
  )
}
const LISTED_MAX = 5

/** What was typed. Throws `BadUsage` with all that is wrong. */
async function asked(options: Options) {
  const { clouds } = await import('../clouds.ts')
  const complaints: Complaint[] = []
  const needed = (name: string, expected: string) => {
    const text = textOf(options, name) ?? ''
    if (text === '') complaints.push({ where: `--${name}`, reason: 'is missing', expected })
    return text
  }
  const names = clouds.map(({ name }) => name)
  const cloud = needed('cloud', `expected ${names.join(' or ')}`)
  const provider = clouds.find(({ name }) => name === cloud)
  if (cloud !== '' && !provider) complaints.push({ where: `--cloud ${cloud}`, ...unknownName(cloud, names) })
  needed('upstream', 'expected the URL of the cloud, such as https://console.zenlayer.com')
  const folder = needed('to', 'expected the folder that the recording is to be in')
  const listen = textOf(options, 'listen') ?? ''
  const port = /^\d{1,5}$/.test(listen) ? Number(listen) : -1
  if (port < 0 || port > 65_535) {
    const reason = `${JSON.stringify(listen)} cannot be read`
    complaints.push({ where: '--listen', reason, expected: 'expected a port, 0 to 65535' })
  }
  const words = Array.isArray(options.redact) ? options.redact.map(String) : []
  for (const word of words.filter((each) => each.trim().length < WORD_MIN)) {
    const reason = `${JSON.stringify(word)} is a part of many words`
    complaints.push({ where: '--redact', reason, expected: `expected at least ${WORD_MIN} characters` })
  }
  if (complaints.length > 0 || !provider) throw new BadUsage(complaints)
  return { provider, folder, port, words }
}
const WORD_MIN = 3

/** The part of a seed that is about one cloud. Throws `BadUsage`. */
async function seedIn(file: string, { name }: Provider): Promise<object> {
  const { value } = await readDocument(file)
  const section: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  if (typeof section === 'object' && section !== null) return { [name]: section }
  throw new BadUsage([
    { where: `--seed ${file}`, reason: `has nothing of ${name}`, expected: `expected a member ${name}` }
  ])
}

/** None where neither variable is set: then nothing is signed again. Throws `BadUsage` where one of them is missing. */
function credentialsOf(provider: Provider, env: Environment | undefined): Credentials | undefined {
  try {
    return readCredentials(provider, env)
  } catch (error) {
    if (error instanceof BadUsage && error.complaints.length === 2) return undefined
    throw error
  }
}

function whatItDoes(
  { credentialVariables: named }: Provider,
  upstream: URL,
  credentials: Credentials | undefined
): [string, ...string[]] {
  return [
    `Every call goes on to ${upstream.origin}. What it makes there is real, and costs money; nothing is removed in the end.`,
    credentials === undefined
      ? `Calls go on with the signature that they came with: ${named.keyId} and ${named.secret} are not set. A cloud refuses it where the host is signed, and is another.`
      : `Calls that were signed for another host are signed again with the key of ${named.keyId}.`
  ]
}

function listenFailure(error: unknown, port: number): Failure | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  const free = 'choose another with --listen, or 0 for a free one'
  if (code === 'EADDRINUSE') return new Failure(`port ${port} is in use already; ${free}`)
  if (code === 'EACCES') return new Failure(`port ${port} is not open to this user; ${free}`)
  return undefined
}

const AFTER_HELP = `
The client signs with any key: where the signature is about the host, the call is signed again, with the credentials that
the cloud's own clients take from the environment: ZENLAYERCLOUD_ACCESS_KEY_ID and ZENLAYERCLOUD_ACCESS_KEY_PASSWORD, or
BAIDUCLOUD_ACCESS_KEY, BAIDUCLOUD_SECRET_KEY and BAIDUCLOUD_SESSION_TOKEN. Answers come back as they are.
Access keys, secrets, signatures, tokens, cookies, IP and e-mail addresses, ids of accounts and resources are replaced, the
same one by the same name. Names that you gave to things are kept, unless --redact says otherwise. A call in which a known
secret would be left is not written, and the exit code is 1 then. Where the other side is another Snapstand, --seed FILE says what
it was started with; what is not a host of the cloud's own is marked as a rehearsal.

  snapstand record --cloud zenlayer --upstream https://console.zenlayer.com --to recordings/life --listen 7430`
