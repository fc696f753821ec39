#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Script } from 'node:vm'
import { nodeTrouble } from '../config/node-version.ts'

/** The build names the script beside this file. */
declare const PROGRAM: string

const USAGE_EXIT = 2

// This file is built for Nodes of long ago and imports nothing but what they have, so that they come to this line.
const trouble = nodeTrouble(process.versions.node)
if (trouble === undefined) launch()
else {
  process.stderr.write(`${trouble}\n`)
  process.exitCode = USAGE_EXIT
}

/**
 * Runs the command line. Half of a start is compiling, so the build keeps the compiled code of its own Node beside the
 * program; another Node refuses that and compiles for itself.
 */
function launch(): void {
  const program = new URL(PROGRAM, import.meta.url)
  // The build writes ASCII only, and V8 takes a text of one byte per character as it is.
  const script = new Script(readFileSync(program, 'latin1'), {
    filename: program.pathname,
    cachedData: compiledCode(new URL(PROGRAM.replace(/\.cjs$/, '.cache'), import.meta.url))
  })
  const run: unknown = script.runInThisContext()
  if (typeof run === 'function') run(createRequire(program), { exports: {} }, program.href)
}

function compiledCode(file: URL): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
