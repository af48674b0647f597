import { describe, expect, it } from 'vitest'
import { secrecyMarkIn, secrecyMarksIn } from './secrecy-marks.ts'

describe('A44-1 marks of state secrets', () => {
  it.each(['机密★10年', '秘密 ☆ 5年', '绝密（30年）', '机密级文件', '秘密件', '本页为机密件'])('%s is one', (text) =>
    expect(secrecyMarkIn(`附件：${text}`)).not.toBeNull(),
  )

  it.each(['保密室空调维修', '机密性要求', '商业秘密保护培训', '涉密计算机单独管理', '机密件数统计'])(
    '%s is none',
    (text) => expect(secrecyMarkIn(text)).toBeNull(),
  )

  it('are found wherever they stand in an input, and told by their place', () => {
    const input = {
      title: '购置',
      lines: [{ reason: '日常' }, { reason: '机密★10年', more: ['绝密★'] }],
      when: new Date(0),
      none: null,
    }
    expect(secrecyMarksIn(input).map(({ pointer }) => pointer)).toEqual(['/lines/1/reason', '/lines/1/more/0'])
    expect(secrecyMarksIn({ title: '购置' })).toEqual([])
  })
})
