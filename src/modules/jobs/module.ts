import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import * as words from './words.ts'

export default defineModule({ name: 'jobs', title: '任务', needs: [], words, contract, actions })
