import { operationOf } from '../../operation-of.ts'
import { errors } from '../errors.ts'
import type { BaiduCloud } from '../rules/shapes.ts'

export const { operation } = operationOf<BaiduCloud>()(errors)
