import { definitionsOf } from '../definition.ts'

const item = (code: string, title: string) =>
  ({ code: `item.${code}`, title, kind: 'physical-quota', form: 'item' }) as const

/** Quantity, price and life of common equipment and furniture (Art. 22). */
export const equipmentDefinitions = definitionsOf(
  'equipment',
  ['A8-1', 'A22-1'],
  [
    item('desktop', '台式计算机'),
    item('laptop', '便携式计算机'),
    item('printer-a4-mono', 'A4黑白打印机'),
    item('printer-a4-colour', 'A4彩色打印机'),
    item('printer-a3-mono', 'A3黑白打印机'),
    item('printer-a3-colour', 'A3彩色打印机'),
    item('receipt-printer', '票据打印机'),
    item('copier', '复印机'),
    item('multifunction', '多功能一体机（传真机）'),
    item('scanner', '扫描仪'),
    item('shredder', '碎纸机'),
    item('projector', '投影仪'),
    item('desk', '办公桌（处级及以下）'),
    item('desk-bureau', '办公桌（厅局级）'),
    item('chair', '办公椅（处级及以下）'),
    item('chair-bureau', '办公椅（厅局级）'),
    item('visitor-chair', '桌前椅'),
    item('meeting-chair', '会议椅'),
    item('sofa-three', '三人沙发'),
    item('sofa-one', '单人沙发'),
    item('tea-table-large', '大茶几'),
    item('tea-table-small', '小茶几'),
    item('bookcase', '书柜（处级及以下）'),
    item('bookcase-bureau', '书柜（厅局级）'),
    item('filing-cabinet', '文件柜（处级及以下）'),
    item('filing-cabinet-bureau', '文件柜（厅局级）'),
    item('wardrobe', '更衣柜（处级及以下）'),
    item('wardrobe-bureau', '更衣柜（厅局级）'),
    item('safe-cabinet', '保密柜'),
    item('tea-cabinet', '茶水柜'),
    item('air-conditioner', '空调机'),
  ],
)
