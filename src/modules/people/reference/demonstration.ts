import type { Role } from '#kernel/pure/actor.ts'

/** One password for all accounts of the demonstration; it stands on the sign-in page and exists nowhere else. */
export const demonstrationPassword = 'Fenhe-2027-Xi'

export type DemonstrationPerson = {
  organKey: string
  username: string
  name: string
  post: string
  roles: readonly Role[]
  /** Shown on the sign-in page. */ listed: boolean
}

/**
 * Numbers that can be nobody's: mobile numbers of a range that is not given out (142), telephones of an exchange that
 * does not exist. Identity numbers are not made up: each that passes its check could be somebody's.
 */
export function demonstrationNumbers(position: number): { mobile: string; officePhone: string } {
  return { mobile: `1420351${String(1000 + position)}`, officePhone: `0351-9990${String(100 + position)}` }
}

type Line = [organ: string, account: string, name: string, post: string, ...roles: Role[]]

/** At each level: the authority, finance, the three administrators, audit, and an ordinary organ in full. */
const staffing: readonly Line[] = [
  ['authority', 'juzhang', '郭建平', '局长', 'authority-leader', 'organ-head'],
  ['authority', 'jihua', '李晓燕', '计划财务科科长', 'plan-reviewer'],
  ['authority', 'shenhe', '武文斌', '计划财务科副科长', 'plan-reviewer', 'supervision-reviewer'],
  ['authority', 'zichan', '乔志强', '资产管理科科长', 'asset-reviewer', 'premises-reviewer'],
  ['authority', 'cheliang', '段海龙', '公务用车管理科科长', 'vehicle-reviewer', 'service-reviewer', 'energy-reviewer'],
  ['authority', 'jingban', '任丽霞', '办公室经办', 'organ-clerk'],
  ['finance', 'caizheng', '贾国华', '行政政法科科长', 'finance-reviewer'],
  ['finance', 'caizheng-jingban', '薛敏', '办公室经办', 'organ-clerk'],
  ['finance', 'caizheng-fuze', '梁志刚', '局长', 'organ-head'],
  ['audit', 'shenji', '靳红梅', '行政审计科科长', 'supervisor'],
  ['authority', 'xitong', '苗伟', '信息中心', 'system-administrator'],
  ['authority', 'anquan', '温静', '信息中心', 'security-administrator'],
  ['authority', 'shenjiyuan', '牛海涛', '机关纪委', 'audit-administrator'],
]

const levels = [
  { place: 'province', prefix: 'sheng' },
  { place: 'taiyuan', prefix: 'shi' },
  { place: 'qingxu', prefix: 'xian' },
] as const

const familyNames =
  '王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦'
const givenNames = [
  '建国',
  '晓东',
  '丽娟',
  '志远',
  '海燕',
  '文静',
  '国强',
  '春梅',
  '俊杰',
  '雪峰',
  '玉兰',
  '明辉',
  '秀英',
  '永胜',
  '佳慧',
  '卫东',
  '红霞',
  '振华',
  '小军',
  '美玲',
]

/** The organ whose people are all listed on the sign-in page, at every level. */
const shownOrgan = 'education'

/** @param organKeys keys of the demonstration's organs, e.g. `taiyuan-education` */
export function demonstrationPeople(organKeys: readonly string[]): DemonstrationPerson[] {
  const people: DemonstrationPerson[] = []
  let turn = 0
  const nextName = () => {
    turn++
    return `${familyNames[(turn * 7) % familyNames.length]}${givenNames[(turn * 3) % givenNames.length]}`
  }
  for (const { place, prefix } of levels) {
    for (const [organ, account, name, post, ...roles] of staffing)
      people.push({
        organKey: `${place}-${organ}`,
        username: `${prefix}.${account}`,
        name,
        post,
        roles,
        listed: !account.includes('-'),
      })
    for (const key of organKeys.filter((organKey) => organKey.startsWith(`${place}-`))) {
      const organ = key.slice(place.length + 1)
      if (organ === 'authority' || organ === 'finance') continue
      const listed = organ === shownOrgan
      const account = (role: string) => `${prefix}.${organ}.${role}`
      people.push({
        organKey: key,
        username: account('fuze'),
        name: nextName(),
        post: '主要负责人',
        roles: ['organ-head'],
        listed,
      })
      people.push({
        organKey: key,
        username: account('jingban'),
        name: nextName(),
        post: '办公室经办',
        roles: ['organ-clerk', 'asset-keeper'],
        listed,
      })
      if (listed) {
        people.push({
          organKey: key,
          username: account('zhigong'),
          name: nextName(),
          post: '科员',
          roles: ['staff'],
          listed,
        })
        people.push({
          organKey: key,
          username: account('jiashi'),
          name: nextName(),
          post: '驾驶员',
          roles: ['driver'],
          listed,
        })
      }
    }
  }
  return people
}
