import type { Field, WorkKind } from '../model.ts'

export type DemonstrationText = {
  title: string
  kind: WorkKind
  fields: Field[]
  jurisdictionCode: string
  documentNumber: string
  issuer: string
  issuedOn: string
  validFrom: string
  source: string
}

const invented = '（本文为软件演示虚构，不是任何机关制定的文件，不具有效力。）'

const meetingRooms = {
  title: '太原市演示用机关会议室使用管理办法',
  kind: 'normative-document',
  fields: ['meetings', 'premises'],
  jurisdictionCode: '140100',
  issuer: '太原市机关事务管理局',
} as const

const store = '山西省演示用公物仓管理办法'

/** Invented texts, named as such: one in two versions, one of the province, one of a county. In the order they are taken in. */
export const demonstrationTexts: readonly DemonstrationText[] = [
  {
    title: store,
    kind: 'normative-document',
    fields: ['assets'],
    jurisdictionCode: '140000',
    documentNumber: '演示晋管〔2022〕3号',
    issuer: '山西省机关事务管理局',
    issuedOn: '2022-03-15',
    validFrom: '2022-05-01',
    source: `${store}
${invented}

第一章　总则

第一条　为了加强闲置资产管理，促进调剂共享，根据《山西省机关运行保障条例》第十二条、第二十三条，制定本办法。
第二条　本办法所称公物仓，是指对闲置、待处置、超标准配置和临时机构的资产实行统一管理、调剂使用的平台。
第三条　机关事务管理部门会同同级财政部门管理本级公物仓。

第二章　入仓和出仓

第四条　有下列情形之一的资产，应当在三十日内登记入仓：
（一）连续闲置六个月以上的；
（二）超过配置标准的；
（三）临时机构撤销后收回的；
（四）经修复可以继续使用的。
第五条　机关申请购置资产前，应当查询公物仓。公物仓有适用资产的，优先调剂使用。
第六条　临时机构需要的资产，从公物仓借用；机构撤销后十五日内归还。

第三章　附则

第七条　资产处置按照《山西省机关运行保障条例》第十二条第二款的规定，经财政部门同意后办理。
第八条　本办法自2022年5月1日起施行。
`,
  },
  {
    ...meetingRooms,
    fields: [...meetingRooms.fields],
    documentNumber: '演示并管〔2022〕11号',
    issuedOn: '2022-06-20',
    validFrom: '2022-07-01',
    source: `${meetingRooms.title}
${invented}

第一章　总则

第一条　为了规范机关会议室的使用，节约会议成本，根据《山西省机关运行保障条例》第二十五条，制定本办法。
第二条　市本级集中办公区会议室的预约、使用和服务，适用本办法。
第三条　会议室由市机关事务管理局统一管理。各单位应当优先使用机关内部场所。

第二章　预约和使用

第四条　使用会议室应当提前三个工作日预约，写明会议名称、人数、时间和所需设备。
第五条　会议时长一般不超过半天。需要延长的，应当在原定结束时间前提出。
第六条　参会人数在二十人以下的会议，安排在小会议室。
第七条　预约后不再使用的，应当提前一个工作日取消。一年内三次未取消的，暂停预约一个月。

第三章　服务

第八条　会议室提供饮用水和基本音视频设备，不摆放花草，不制作背景板。
第九条　会议室使用情况由市机关事务管理局每季度通报一次。

第四章　附则

第十条　本办法自2022年7月1日起施行。
`,
  },
  {
    ...meetingRooms,
    fields: [...meetingRooms.fields],
    documentNumber: '演示并管〔2025〕6号',
    issuedOn: '2025-02-18',
    validFrom: '2025-03-01',
    source: `${meetingRooms.title}
${invented}

第一章　总则

第一条　为了规范机关会议室的使用，节约会议成本，根据《山西省机关运行保障条例》第二十五条，制定本办法。
第二条　市本级集中办公区会议室的预约、使用和服务，适用本办法。
第三条　会议室由市机关事务管理局统一管理。各单位应当优先使用机关内部场所和视频会议系统。

第二章　预约和使用

第四条　使用会议室应当通过信息系统提前两个工作日预约，写明会议名称、人数、时间和所需设备。
第五条　能够以视频方式召开的会议，应当以视频方式召开。
第六条　会议时长一般不超过半天。需要延长的，应当在原定结束时间前提出。
第七条　参会人数在二十人以下的会议，安排在小会议室。
第八条　预约后不再使用的，应当提前一个工作日取消。一年内两次未取消的，暂停预约一个月。

第三章　服务

第九条　会议室提供饮用水和基本音视频设备，不摆放花草，不制作背景板。

第四章　附则

第十条　本办法自2025年3月1日起施行。
`,
  },
  {
    title: '清徐县演示用机关食堂节约用餐规定',
    kind: 'normative-document',
    fields: ['catering'],
    jurisdictionCode: '140121',
    documentNumber: '演示清管〔2023〕2号',
    issuer: '清徐县机关事务服务中心',
    issuedOn: '2023-08-30',
    validFrom: '2023-10-01',
    source: `清徐县演示用机关食堂节约用餐规定
${invented}

第一条　为了制止餐饮浪费，根据《山西省机关运行保障条例》第二十七条，制定本规定。
第二条　机关食堂按照就餐人数采购和备餐，小份供应，按需添加。
第三条　公务接待用餐按照《山西省机关运行保障条例》第二十六条的规定执行，以自助餐和工作餐为主。
第四条　食堂每日称量厨余，每月公布；连续两月上升的，应当查找原因并改进。
第五条　本规定自2023年10月1日起施行。
`,
  },
]
