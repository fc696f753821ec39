/// <reference lib="esnext.disposable" preserve="true" />
// Its declarations say `AsyncDisposable`, which the `lib` of who uses them may lack.
/** A key of the server: an access key with its secret, or a bearer token with the world that it names. */
export type Key =
  | { readonly id: string; readonly secret: string; readonly world?: string }
  | { readonly bearer: string; readonly world: string }

/** What `startSnapstand` takes. Each member is a flag of the command line; the environment is not read. */
export interface SnapstandOptions {
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default 0: a free port, told by `url` and `port`. */
  readonly port?: number
  /** The path of a seed file, or a seed itself; default: the built-in starter seed. */
  readonly seed?: string | object
  /** A folder that keeps every world in a file of its own; default: all worlds are in memory. */
  readonly data?: string
  /** Default `system`: the clock of new worlds runs. */
  readonly clock?: 'system' | 'manual'
  /** Where the clock of new worlds starts; text as 2026-01-05T08:00:00Z. */
  readonly clockAt?: string | Date
  /** Default `verify`. */
  readonly auth?: 'verify' | 'strict' | 'off'
  readonly keys?: readonly Key[]
  /** Default `on`. */
  readonly control?: 'on' | 'off'
  readonly controlHost?: readonly string[]
  readonly controlToken?: string
  /** Origins whose pages may call the clouds, `*` for all; default: none. */
  readonly cors?: readonly string[]
  /** Default false: no second listener for https. */
  readonly tls?: boolean
  /** Default 0: a free port, told by `tls.url`. */
  readonly tlsPort?: number
  /** What the certificate that is made names, beside loopback. */
  readonly tlsHost?: readonly string[]
  /** Files in PEM: a certificate of your own, and its key. */
  readonly tlsCert?: string
  readonly tlsKey?: string
  /** Default false: nothing is counted for Prometheus. */
  readonly metrics?: boolean
  readonly metricsWorlds?: boolean
  /** One of several servers behind a proxy, counted from 0: `0/3`. */
  readonly shard?: string
  readonly maxWorlds?: number
  /** A number of bytes, or a text as 64MiB. */
  readonly journalBytes?: number | string
  readonly maxAdvance?: number
  /** How long `close` waits for what is under way: seconds, or a text as 500ms; default 5. */
  readonly grace?: number | string
  /** A file that holds the URL as long as the server runs: for others who look for it. */
  readonly urlFile?: string
  /** Default `error`: a test's output stays the test's. */
  readonly logLevel?: 'silent' | 'error' | 'info'
  /** Default `text`; `json`: each line is an object. */
  readonly logFormat?: 'text' | 'json'
  /** Gets the log's lines instead of standard error. */
  readonly log?: (line: string) => void
}

/** Where a server is by https. */
export interface Secure {
  /** `https://127.0.0.1:7421` */
  readonly url: string
  readonly port: number
  /** In PEM: what clients are to trust. */
  readonly certificate: string
  /** Where it lies, for SSL_CERT_FILE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS; undefined where no file could be written. */
  readonly certificateFile: string | undefined
}

/** A running server. */
export interface Listening extends AsyncDisposable {
  /** `http://127.0.0.1:7420`, what clients take as their endpoint. */
  readonly url: string
  readonly port: number
  /** With `tls`: where clients come in that insist on https, and what they are to trust. */
  readonly tls: Secure | undefined
  /** Answers what is under way within the grace, closes all connections and ends; a second call waits for the first. */
  close(): Promise<void>
}
