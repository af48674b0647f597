import ExcelJS from 'exceljs'

/** An application as a clerk of an office would bring it: title row, organ line, units in the header, a total. */
export async function demandWorkbook(): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('申报表')
  sheet.addRow(['2027年度机关运行保障需求申报表'])
  sheet.mergeCells('A1:J1')
  sheet.addRow(['申报单位:太原市教育局'])
  sheet.addRow([
    '序号',
    '需求事项',
    '项目名称',
    '单位',
    '数量',
    '单价（元）',
    '金额（元）',
    '经济科目',
    '需求理由',
    '备注',
  ])
  sheet.addRow([1, '机关运行经费', '办公费', '项', 1, null, 60_000, '30201', '日常办公', ''])
  sheet.addRow([2, '机关运行经费', '差旅费', '项', '1', null, '12万', '30211 差旅费', '调研督查', ''])
  sheet.addRow([3, '公务接待', '公务接待费', '批次', 10, 800, 8000, '30217', '业务交流', ''])
  sheet.addRow([4, '办公用房配置维修', '档案室漏水维修', '项', 1, 45_000, 45_000, '30213', '汛期渗漏', ''])
  sheet.addRow([5, '后勤服务购买', '物业管理费', '年', 1, 96_000, '96,000.00', 30209, '合同到期续签', ''])
  sheet.addRow([6, '通用资产配置', '台式计算机', '台', 5, 4800, 24_000, '31002', '新进人员', ''])
  sheet.addRow(['合计', '', '', '', '', '', { formula: 'SUM(G4:G9)', result: 353_000 }])
  return {
    name: '教育局2027需求.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await workbook.xlsx.writeBuffer()),
  }
}
