#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { nodeTrouble } from '../config/node-version.ts'
import { cacheFolder, codeFileOf, keepCode, readCode } from './code-cache.ts'

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
 * Runs the command line. Half of a start is compiling, so compiled code is kept: by the build for its own Node beside the
 * program, where that is not published, and by the first server of any other Node in this user's cache.
 */
function launch(): void {
  const program = new URL(PROGRAM, import.meta.url)
  const name = codeFileOf(PROGRAM)
  const folder = cacheFolder()
  const cachedData = readCode([new URL(name, import.meta.url), folder && join(folder, name)])
  // The build writes ASCII only, and V8 takes a text of one byte per character as it is.
  const script = new Script(readFileSync(program, 'latin1'), { filename: program.pathname, cachedData })
  const isKept = folder === undefined || (cachedData !== undefined && script.cachedDataRejected !== true)
  const keep = isKept ? () => {} : () => keepCode(folder, name, script.createCachedData())
  letGo(cachedData)
  const run: unknown = script.runInThisContext()
  if (typeof run === 'function') run(createRequire(program), { exports: {} }, program.href, keep)
}

/** V8 has made its own of it: two megabytes that would stay until much is collected. */
function letGo(code: Buffer | undefined): void {
  // A small one, which is no code, shares its memory with others.
  if (code?.buffer instanceof ArrayBuffer && code.length === code.buffer.byteLength) code.buffer.transfer(0)
}
