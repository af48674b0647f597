import type { NeedKind, ThreePublicPart } from '../model.ts'

export type EconomicCodeSeed = {
  code: string
  title: string
  governmentCode: string
  running: boolean
  threePublic: ThreePublicPart | null
  needKinds: readonly NeedKind[]
  note: string
}

function code(
  number: string,
  title: string,
  governmentCode: string,
  running: boolean,
  needKinds: readonly NeedKind[],
  threePublic: ThreePublicPart | null = null,
  note = '',
): EconomicCodeSeed {
  return { code: number, title, governmentCode, running, threePublic, needKinds, note }
}

/** Economic classification in use since the reform of 2018 (财预〔2017〕98号); `running` counts as 机关运行经费. */
export const economicCodes: readonly EconomicCodeSeed[] = [
  code('30201', '办公费', '50201', true, ['N01']),
  code('30202', '印刷费', '50201', true, ['N01']),
  code('30203', '咨询费', '50205', true, ['N01']),
  code('30204', '手续费', '50201', true, ['N01']),
  code('30205', '水费', '50201', true, ['N01', 'N08']),
  code('30206', '电费', '50201', true, ['N01', 'N08']),
  code('30207', '邮电费', '50201', true, ['N01']),
  code('30208', '取暖费', '50201', true, ['N01', 'N08'], null, '采暖期11月至次年3月'),
  code('30209', '物业管理费', '50201', true, ['N08']),
  code('30211', '差旅费', '50201', true, ['N01']),
  code('30212', '因公出国（境）费用', '50207', true, ['N01'], 'SG1'),
  code('30213', '维修（护）费', '50209', true, ['N01', 'N03', 'N04', 'N07'], null, '日常维修，非资本性'),
  code('30214', '租赁费', '50201', true, ['N03']),
  code('30215', '会议费', '50202', true, ['N01']),
  code('30216', '培训费', '50203', true, ['N01']),
  code('30217', '公务接待费', '50206', true, ['N06'], 'SG3'),
  code('30218', '专用材料费', '50204', true, ['N01']),
  code('30224', '被装购置费', '50204', true, ['N01']),
  code('30225', '专用燃料费', '50204', true, ['N01']),
  code('30226', '劳务费', '50205', true, ['N08']),
  code('30227', '委托业务费', '50205', true, ['N08']),
  code('30228', '工会经费', '50201', true, ['N01'], null, '工会经费依照有关法律管理'),
  code('30229', '福利费', '50201', true, ['N01']),
  code('30231', '公务用车运行维护费', '50208', true, ['N05', 'N01'], 'SG2b'),
  code('30239', '其他交通费用', '50201', true, ['N01'], null, '含公务交通补贴'),
  code('30240', '税金及附加费用', '50299', true, ['N01']),
  code('30299', '其他商品和服务支出', '50299', true, ['N01', 'N08']),
  code('31001', '房屋建筑物购建', '50301', false, ['N03', 'N04']),
  code('31002', '办公设备购置', '50306', false, ['N09'], null, '列入基本支出的计入机关运行经费'),
  code('31003', '专用设备购置', '50306', false, ['N09', 'N07']),
  code('31005', '基础设施建设', '50302', false, ['N02']),
  code('31006', '大型修缮', '50307', false, ['N03', 'N04', 'N07']),
  code('31007', '信息网络及软件购置更新', '50306', false, ['N09']),
  code('31008', '物资储备', '50399', false, []),
  code('31009', '土地补偿', '50305', false, ['N02']),
  code('31010', '安置补助', '50305', false, ['N02']),
  code('31011', '地上附着物和青苗补偿', '50305', false, ['N02']),
  code('31012', '拆迁补偿', '50305', false, ['N02']),
  code('31013', '公务用车购置', '50303', false, ['N05'], 'SG2a'),
  code('31019', '其他交通工具购置', '50306', false, []),
  code('31021', '文物和陈列品购置', '50399', false, []),
  code('31022', '无形资产购置', '50399', false, ['N09']),
  code('31099', '其他资本性支出', '50399', false, []),
]
