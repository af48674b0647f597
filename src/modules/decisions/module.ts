import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { faultyDigests, unlikeTheRecord } from './store.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'decisions',
  title: '决定与依据',
  needs: ['organs', 'standards'],
  words,
  contract,
  actions,
  checks: [
    {
      name: 'decision-digests',
      title: '决定摘要',
      check: async (tx) => {
        const { checked, numbers } = await faultyDigests(tx)
        const unlike = (await unlikeTheRecord(tx)).filter((number) => !numbers.includes(number))
        return {
          checked,
          faults: [
            ...numbers.map((number) => `决定 ${number} 的内容与摘要不符，已被改动`),
            ...unlike.map((number) => `决定 ${number} 与审计记录中的摘要不符`),
          ],
        }
      },
    },
  ],
})
