/**
 * Kills one of three shards behind nginx under load, again and again, or moves worlds between them and drains them:
 *   npm run shards -- --times 20 --seed 1
 *   npm run shards -- --moves 100 --seed 1
 * shards/ says what each looks for.
 */
import { flagsOf } from './command.ts'
import { kills } from './shards/kills.ts'
import { moves } from './shards/moves.ts'

const flags = flagsOf({ times: 5, moves: 0, seed: 1 })
await (flags.moves > 0 ? moves(flags.moves, flags.seed) : kills(flags.times, flags.seed))
