import type { Confidence } from '../model.ts'

/** What a reader is told of a figure that is not certain; A and B need no mark. */
export const confidenceWords: Readonly<Record<Confidence, string>> = { A: '', B: '', C: '暂定', D: '项目默认值' }
