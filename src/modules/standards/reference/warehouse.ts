import { percent, projectDefault, rowsOf, term, texts, type StandardSeed } from './seed.ts'

/** Public warehouse: Shanxi has no rule of its own that was found, so terms are the project's. */
export const warehouseStandards: readonly StandardSeed[] = [
  rowsOf('《滨州市市级行政事业单位公物仓管理办法》等', '2021-01-01', 'A')('warehouse.idle-term', term(6, 'month'), '', {
    note: '外地公物仓办法通行的闲置半年口径，山西省规定待查。',
    confidence: 'C',
  }),
  projectDefault('warehouse.intake-idle', term(15, 'workday')),
  projectDefault('warehouse.intake-over-standard', term(15, 'workday')),
  projectDefault('warehouse.intake-temporary-body', term(30, 'day')),
  projectDefault('warehouse.intake-event', term(30, 'day')),
  projectDefault('warehouse.intake-reorganisation', term(30, 'day')),
  projectDefault('warehouse.repair-light', percent(30, '重置价')),
  projectDefault('warehouse.repair-heavy', percent(60, '重置价'), '', { note: '超过的不再修复，转入处置。' }),
  projectDefault('warehouse.loan', term(12, 'month')),
  projectDefault('warehouse.loan-renewal', term(6, 'month'), '', { note: '限一次。' }),
  projectDefault('warehouse.event-return', term(10, 'workday')),
  projectDefault('warehouse.overdue-stop', term(10, 'workday')),
  projectDefault('warehouse.reservation', term(5, 'workday')),
  projectDefault('warehouse.second-round', term(12, 'month')),
  projectDefault('warehouse.disposal-list', term(24, 'month')),
  projectDefault('warehouse.allotment-order', texts('应急', '临时机构', '按标准证明的短缺', '更新替换'), '', {
    note: '同一顺序的按申请日期先后。',
  }),
]
