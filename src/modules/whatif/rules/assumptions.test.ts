import { expect, it } from 'vitest'
import { testStandards } from '#modules/plans/testing/standards.ts'
import { assumptionsOf } from './assumptions.ts'

it('A9-2 every change is told in words beside the figure in force and its source', () => {
  expect(
    assumptionsOf(
      [
        { kind: 'standard', code: 'item.desktop', level: 'city', priceCapFen: 450_000, minimumYears: 8 },
        { kind: 'standard', code: 'item.copier', level: null, limit: { basis: 'per-person', pieces: 1 } },
        { kind: 'price', standardCode: null, needKind: 'N08', percent: -5, addFen: null },
        { kind: 'price', standardCode: 'item.laptop', needKind: null, percent: null, addFen: 20_000 },
        { kind: 'headcount', level: 'county', organKind: null, organIds: [], percent: 3.5, people: null },
        { kind: 'catalogue', needKind: 'N09', centralised: 'where-provided', provided: true },
        { kind: 'parameter', code: 'plan.growth-warn-percent', value: 10 },
      ],
      testStandards,
    ).map(({ subject, from, to, citation }) => [subject, from, to, citation]),
  ).toEqual([
    [
      '台式计算机（市级）',
      '单价上限5,000.00元；使用年限6年',
      '单价上限4,500.00元；使用年限8年',
      '《中央行政单位通用办公设备家具配置标准》（财资〔2016〕27号）',
    ],
    [
      '复印机',
      '数量100人以内每20人1件，超出部分每30人1件',
      '数量每人1件',
      '《中央行政单位通用办公设备家具配置标准》（财资〔2016〕27号）',
    ],
    ['“后勤服务购买”的价格', '各机关申请的价格', '−5%', ''],
    ['便携式计算机的价格', '各机关申请的价格', '每单位加200.00元', ''],
    ['县级的编制内实有人数', '登记的人数', '+3.5%', ''],
    [
      '通用资产配置',
      '具备条件的集中统一管理（尚未具备条件）',
      '具备条件的集中统一管理（已具备条件）',
      '《山西省机关运行保障条例》第二十二条',
    ],
    ['较上年增长提示线', '20%', '10%', '项目默认值'],
  ])
})
