import { define } from '../definition.ts'

/** Public warehouse 公物仓: when things go in, how long they are lent, what repair is worth (Art. 23). */
export const warehouseDefinitions = [
  ...define(
    'warehouse',
    'parameter',
    ['A23-1'],
    [
      ['warehouse.idle-term', '闲置入仓起点', 'term'],
      ['warehouse.intake-idle', '闲置资产申请入仓期限', 'term'],
      ['warehouse.intake-over-standard', '超标准资产申请入仓期限', 'term'],
      ['warehouse.intake-temporary-body', '临时机构撤销后资产入仓期限', 'term'],
      ['warehouse.intake-event', '会议活动结束后资产入仓期限', 'term'],
      ['warehouse.intake-reorganisation', '机构合并撤销搬迁后资产入仓期限', 'term'],
    ],
  ),
  ...define(
    'warehouse',
    'parameter',
    ['A23-2'],
    [
      ['warehouse.repair-light', '轻修费用占重置价比例', 'percent'],
      ['warehouse.repair-heavy', '大修费用占重置价比例', 'percent'],
      ['warehouse.loan', '借用期限', 'term'],
      ['warehouse.loan-renewal', '续借期限', 'term'],
      ['warehouse.event-return', '会议活动和临时机构借用归还期限', 'term'],
      ['warehouse.overdue-stop', '逾期未还停借期限', 'term'],
      ['warehouse.reservation', '预约保留期', 'term'],
      ['warehouse.second-round', '未调剂转下级调剂期限', 'term'],
      ['warehouse.disposal-list', '未调剂列入处置期限', 'term'],
      ['warehouse.allotment-order', '调剂顺序', 'texts'],
    ],
  ),
]
