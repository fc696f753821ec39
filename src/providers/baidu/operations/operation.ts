import { operationOf } from '../../provider.ts'
import { errors } from '../errors.ts'
import type { BaiduCloud } from '../rules/shapes.ts'

export const { operation } = operationOf<BaiduCloud>()(errors)
