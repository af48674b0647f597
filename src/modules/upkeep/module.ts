import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'

export default defineModule({ name: 'upkeep', title: '运行维护', needs: ['people'], contract, actions })
