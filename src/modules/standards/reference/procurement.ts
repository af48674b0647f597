import { amountYuan, percent, quantity, rowsOf, term, texts, type StandardSeed } from './seed.ts'

const guideline = rowsOf(
  '《地方预算单位政府集中采购目录及标准指引（2020年版）》（财库〔2019〕69号）',
  '2020-01-01',
  'C',
)
const law = rowsOf('《中华人民共和国政府采购法》', '2014-08-31', 'B')
const regulations = rowsOf('《中华人民共和国政府采购法实施条例》（国务院令第658号）', '2015-03-01', 'B')
const complaints = rowsOf('《政府采购质疑和投诉办法》（财政部令第94号）', '2018-03-01', 'C')
const tenders = rowsOf('《政府采购货物和服务招标投标管理办法》（财政部令第87号）', '2017-10-01', 'B')
const others = rowsOf('《政府采购非招标采购方式管理办法》（财政部令第74号）', '2014-02-01', 'B')
const framework = rowsOf('《政府采购框架协议采购方式管理暂行办法》（财政部令第110号）', '2022-03-01', 'B')
const small = rowsOf('《政府采购促进中小企业发展管理办法》（财库〔2020〕46号）', '2021-01-01', 'B')
const credit = rowsOf('财政部关于进一步加大政府采购支持中小企业力度的通知（财库〔2022〕19号）', '2022-07-01', 'B')
const floor = '国家下限，山西省集中采购目录及标准（晋财购）待查。'

/** Limits, catalogue, methods and terms of procurement. */
export const procurementStandards: readonly StandardSeed[] = [
  guideline('procurement.limit', amountYuan(500_000, '项目', 'at-least'), '', { level: 'province', note: floor }),
  guideline('procurement.limit', amountYuan(300_000, '项目', 'at-least'), '', { level: 'city', note: floor }),
  guideline('procurement.limit', amountYuan(300_000, '项目', 'at-least'), '', { level: 'county', note: floor }),
  guideline('procurement.limit-works', amountYuan(600_000, '项目', 'at-least'), '', { note: floor }),
  guideline('procurement.open-tender', amountYuan(2_000_000, '项目', 'at-least'), '', {
    note: `${floor}部分省份现行400万元。`,
  }),
  guideline(
    'procurement.catalogue-goods',
    texts(
      '服务器（A02010103）',
      '台式计算机（A02010104）',
      '便携式计算机（A02010105）',
      '喷墨打印机（A0201060101）',
      '激光打印机（A0201060102）',
      '针式打印机（A0201060104）',
      '液晶显示器（A0201060401）',
      '扫描仪（A0201060901）',
      '基础软件（A02010801）',
      '信息安全软件（A02010805）',
      '空调机（A0206180203）',
      '复印纸（A090101）',
      '复印机（A020201）',
      '投影仪（A020202）',
      '多功能一体机（A020204）',
      'LED显示屏（A020207）',
      '触控一体机（A020208）',
      '碎纸机（A02021101）',
      '乘用车（A020305）',
      '客车（A020306）',
      '电梯（A02051228）',
      '不间断电源（A02061504）',
      '家具用具（A06）',
    ),
    '',
    { confidence: 'B', note: '括号内为2013年版品目代码，与2022年版同码不同义。' },
  ),
  guideline(
    'procurement.catalogue-services',
    texts(
      '互联网接入服务（C030102）',
      '车辆维修和保养服务（C050301）',
      '车辆加油服务（C050302）',
      '印刷服务（C081401）',
      '物业管理服务（C1204）',
      '机动车保险服务（C15040201）',
      '云计算服务（C0303）',
    ),
    '',
    { confidence: 'B', note: '括号内为2013年版品目代码；云计算服务代码待核。' },
  ),
  law('procurement.suppliers', quantity(3, '家', 'at-least')),
  law('procurement.tender-notice', term(20, 'day'), '第三十五条'),
  regulations('procurement.bid-bond', percent(2, '采购项目预算金额'), '第三十三条'),
  regulations('procurement.performance-bond', percent(10, '合同金额'), '第四十八条'),
  tenders('procurement.invitation-notice', term(5, 'workday'), '', {
    confidence: 'C',
    note: '法律旧文本为七个工作日，待核。',
  }),
  others('procurement.negotiation', term(3, 'workday')),
  rowsOf(
    '《政府采购竞争性磋商采购方式管理暂行办法》（财库〔2014〕214号）',
    '2014-12-31',
    'B',
  )('procurement.consultation', term(10, 'day')),
  others('procurement.inquiry', term(3, 'workday')),
  regulations('procurement.single-source', term(5, 'workday'), '第三十八条'),
  law('procurement.single-source-addition', percent(10, '原合同采购金额'), '第三十一条'),
  framework('procurement.framework-goods', term(1, 'year')),
  framework('procurement.framework-services', term(2, 'year')),
  rowsOf('财政部关于开展政府采购意向公开工作的通知（财库〔2020〕10号）', '2020-03-02', 'B')(
    'procurement.intention',
    term(30, 'day'),
    '',
    {
      note: '省级预算单位2021年1月1日、省级以下2022年1月1日起实施。',
    },
  ),
  regulations('procurement.result-notice', term(2, 'workday'), '第四十三条'),
  law('procurement.contract-signing', term(30, 'day'), '第四十六条'),
  regulations('procurement.contract-publication', term(2, 'workday'), '第五十条'),
  law('procurement.contract-filing', term(7, 'workday'), '第四十七条'),
  regulations('procurement.enquiry-answer', term(3, 'workday'), '第五十二条', { confidence: 'C', note: '条文待核。' }),
  law('procurement.question', term(7, 'workday'), '第五十二条'),
  law('procurement.question-answer', term(7, 'workday'), '第五十三条'),
  law('procurement.complaint', term(15, 'workday'), '第五十五条'),
  complaints('procurement.complaint-review', term(5, 'workday'), '第二十一条', { note: '条文待核。' }),
  complaints('procurement.complaint-reply', term(5, 'workday'), '第二十二条', { note: '条文待核。' }),
  law('procurement.complaint-decision', term(30, 'workday'), '第五十六条'),
  law('procurement.suspension', term(30, 'day'), '第五十七条', {
    confidence: 'C',
    note: '最长不得超过的期限；条文待核。',
  }),
  law('procurement.supplement', percent(10, '原合同采购金额'), '第四十九条'),
  rowsOf(
    '财政部关于推进和完善服务项目政府采购有关问题的通知（财库〔2014〕37号）',
    '2014-04-14',
    'B',
  )('procurement.service-contract', term(3, 'year')),
  small('procurement.small-goods', amountYuan(2_000_000, '项目')),
  small('procurement.small-works', amountYuan(4_000_000, '项目')),
  small('procurement.small-share', percent(30, '年度采购项目预算总额', 'at-least')),
  small('procurement.micro-share', percent(60, '预留份额', 'at-least')),
  credit('procurement.price-credit-minimum', percent(10, '小微企业报价', 'at-least'), '', { note: '货物、服务项目。' }),
  credit('procurement.price-credit-maximum', percent(20, '小微企业报价'), '', { note: '货物、服务项目。' }),
  rowsOf('《保障中小企业款项支付条例》（国务院令第728号，2025年修订）', '2025-06-01', 'C')(
    'procurement.payment',
    term(30, 'day'),
    '',
    {
      note: '2025年修订后条文待核。',
    },
  ),
]
