import { parentPort, workerData } from 'node:worker_threads'
import { readYaml, type YamlTask } from './yaml-reader.ts'

const { text, paths }: YamlTask = workerData
parentPort?.postMessage(readYaml(text, paths))
