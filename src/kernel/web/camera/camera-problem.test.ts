import { describe, expect, it } from 'vitest'
import { cameraProblem } from './camera-problem.ts'

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1'
const agents = {
  iphone,
  wechat: `${iphone} MicroMessenger/8.0.50`,
  android: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36',
  desk: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
}

describe('a camera that does not open says why and what to do', () => {
  it('a refused permission is allowed in other places of each browser', () => {
    expect(cameraProblem('NotAllowedError', agents.wechat)).toContain('找到“微信”，允许使用相机')
    expect(cameraProblem('NotAllowedError', agents.iphone)).toContain('网站设置')
    expect(cameraProblem('NotAllowedError', agents.android)).toContain('应用管理')
    expect(cameraProblem('SecurityError', agents.desk)).toContain('地址栏左侧')
  })

  it.each(['NotAllowedError', 'NotFoundError', 'OverconstrainedError', 'NotReadableError', 'AbortError', 'TypeError'])(
    '%s leaves the hand scanner and the keyboard',
    (name) => {
      for (const agent of Object.values(agents))
        expect(cameraProblem(name, agent)).toContain('也可以用扫码枪，或输入编号。')
    },
  )
})
