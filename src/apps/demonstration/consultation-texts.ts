/** Drafts of the demonstration and what organs say of them; invented, like all of its people and figures. */
export type Said = { place: string; opinion: string; suggestion?: string; reason?: string }
export type Answered = Said & { reply: 'adopted' | 'partly' | 'not-adopted'; why?: string }

export const propertyService = {
  title: '机关集中办公区物业服务标准',
  text: [
    '第一条 为统一集中办公区物业服务内容和质量，依据《山西省机关运行保障条例》，制定本标准。',
    '第二条 本标准适用于集中办公区内各机关的保洁、秩序维护、设施设备运行维护、绿化和会议服务。',
    '第三条 保洁服务',
    '（一）公共区域每日清扫不少于两次，卫生间随时保洁。',
    '（二）外墙每年清洗一次，地毯每年清洗两次。',
    '第四条 设施设备报修接单后三十分钟内到场，一般故障当日修复；不能当日修复的，应当说明原因和期限。',
    '第五条 来访人员凭有效证件登记，由被访机关工作人员接入。',
    '第六条 各机关每季度对物业服务评价一次，评价结果与服务费支付挂钩。',
    '第七条 本标准自印发之日起施行。',
  ].join('\n'),
  conclusion: '已按采纳情况修改，提请局长办公会审议。',
  said: [
    {
      place: '第三条（一）',
      opinion: '窗口单位人流量大，每日两次清扫不够。',
      suggestion: '对外服务窗口每日清扫不少于四次。',
      reply: 'adopted',
      why: '已增加对外服务窗口的清扫次数。',
    },
    {
      place: '第四条',
      opinion: '电梯困人、停水停电等紧急故障应当单独规定到场时限。',
      suggestion: '紧急故障十五分钟内到场。',
      reply: 'adopted',
      why: '已增加紧急故障的到场时限。',
    },
    {
      place: '第五条',
      opinion: '群众来访较多，由工作人员逐人接入难以做到。',
      suggestion: '设立统一接待区，在接待区内办理。',
      reply: 'partly',
      why: '对外接待较多的机关可以设接待区，其余机关仍由工作人员接入。',
    },
    {
      place: '第六条',
      opinion: '每季度评价一次过于频繁。',
      suggestion: '改为每半年一次。',
      reply: 'not-adopted',
      why: '服务费按季支付，评价应当与支付周期一致。',
    },
    {
      place: '第三条（二）',
      opinion: '外墙清洗建议安排在春季扬尘之后。',
      reply: 'adopted',
      why: '已写明清洗时间。',
    },
    {
      place: '第六条',
      opinion: '建议减少评价次数，合并到年度满意度测评。',
      reply: 'not-adopted',
      why: '服务费按季支付，评价应当与支付周期一致。',
    },
  ],
} as const satisfies { title: string; text: string; conclusion: string; said: readonly Answered[] }

export const canteenService = {
  title: '机关食堂服务标准',
  text: [
    '第一条 为规范机关食堂服务，制止餐饮浪费，制定本标准。',
    '第二条 食堂工作日供应早餐、午餐；有夜间值班任务的机关可以申请供应晚餐。',
    '第三条 菜品实行小份供应、按量计价，不设包间，不提供高档食材。',
    '第四条 食堂每日对厨余称重记录，按月公布。',
    '第五条 外单位人员确需就餐的，由接待机关提前一天登记。',
    '第六条 每月征求一次就餐人员意见，答复情况在食堂公示。',
  ].join('\n'),
  said: [
    { place: '第二条', opinion: '基层值班人员多，晚餐不宜逐次申请。', suggestion: '值班单位按月一次备案。' },
    {
      place: '第五条',
      opinion: '临时来访难以提前一天登记。',
      suggestion: '改为当日上午十点前登记。',
      reason: '临时性公务较多。',
    },
    { place: '第四条', opinion: '建议同时公布人均厨余量，便于各机关比较。' },
    { place: '第三条', opinion: '建议保留民族餐窗口。', suggestion: '增加“设置民族餐窗口”。' },
  ],
} as const satisfies { title: string; text: string; said: readonly Said[] }

export const equipmentQuota = {
  title: '机关通用办公设备配置实物定额',
  text: [
    '第一条 通用办公设备包括台式计算机、便携式计算机、打印设备、复印机、扫描仪。',
    '第二条 台式计算机按编制内实有人数一人一台配备；涉及保密要求的，按有关规定另行配备。',
    '第三条 复印机按编制内实有人数核定数量，实行楼层共享。',
    '第四条 打印设备以网络打印机为主，从严控制单机打印机。',
    '第五条 达到最低使用年限仍可使用的，应当继续使用。',
    '第六条 新增需求先查询公物仓，有可调剂设备的不再购置。',
  ].join('\n'),
  said: [
    {
      place: '第三条',
      opinion: '同一楼层有多个机关，共享复印机的维护责任不清。',
      suggestion: '明确由楼层编制人数最多的机关管理。',
      reply: 'partly',
      why: '由机关事务管理部门统一维护，耗材按使用量分摊。',
    },
    {
      place: '第四条',
      opinion: '财务、人事岗位处理敏感信息，应当允许单机打印。',
      suggestion: '增加例外情形。',
      reply: 'adopted',
      why: '已增加例外情形。',
    },
    { place: '第二条', opinion: '外出执法人员需要便携式计算机，建议明确比例。' },
    { place: '第三条', opinion: '共享复印机距离远，建议放宽数量。', suggestion: '每层不少于一台。' },
    { place: '第六条', opinion: '公物仓查询结果建议注明设备成色和剩余年限。' },
    {
      place: '第五条',
      opinion: '超期设备维修费用高时应当允许更新。',
      suggestion: '年维修费超过购置价三成的可以更新。',
    },
  ],
} as const satisfies { title: string; text: string; said: readonly (Said | Answered)[] }
