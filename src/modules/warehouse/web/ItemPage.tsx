import { Input } from 'antd'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { addressOf } from '#kernel/web/client.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { FileUpload } from '#kernel/web/form/FileUpload.tsx'
import { LocalDateInput, MoneyInput, YesBox } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go, useGo } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { storeKindLabels, type Item } from '../model.ts'
import { AppraisalDialog } from './AppraisalDialog.tsx'
import { FindingList } from './FindingList.tsx'
import { gradeText, ItemStateTag, lifeText } from './WarehouseTags.tsx'
import './warehouse.css'

type Open = 'reserve' | 'appraise' | 'repair' | 'dispose' | null

/** One thing: how it looks, what it is good for, who has it, and what can be done with it. */
export default function ItemPage({ params }: PageProps<'/warehouse/items/:itemId'>) {
  const { item, cardId, intakeId, mine, findings, may } = useFetched(contract.viewItem, { itemId: params.itemId })
  const go = useGo()
  const queries = useQueryClient()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const step = { itemId: item.id, version: item.version }
  const release = useSend(contract.releaseItem, { onDone: () => tell('已取消预约。') })
  const approve = useSend(contract.approveRepair, { onDone: () => tell('已批准大修。') })
  const reserve = useSend(contract.reserveItem, {
    onDone: (view) => {
      tell(`已预约，保留至${view.item.hold?.until ?? ''}。`)
      close()
    },
  })
  const dispose = useSend(contract.sendToDisposal, {
    onDone: () => {
      tell('已转入待处置。')
      close()
    },
  })
  return (
    <>
      <Record
        title={item.name}
        kind="公物仓物品"
        number={item.number ?? '未编号'}
        state={<ItemStateTag item={item} />}
        trail={[{ label: '公物仓目录', path: '/warehouse/items' }]}
        facts={[
          { label: '等级', value: gradeText(item.grade), note: lifeText(item.remainingMonths) },
          {
            label: '存放',
            value: item.storeName ?? '–',
            note:
              [item.storeKind && storeKindLabels[item.storeKind], item.place].filter(Boolean).join('，') || undefined,
          },
          { label: '原值', value: `${yuanText(item.costFen)} 元`, note: `入仓时净值 ${yuanText(item.netFen)} 元` },
          { label: '账面持有机关', value: item.ownerName, note: item.takenOn ? `${item.takenOn} 入仓` : undefined },
          { label: whoLabel(item), value: whoText(item) },
        ]}
        notice={<Refusals of={release.error ?? approve.error} />}
        actions={
          <>
            {mine && may.release === null ? (
              <ActionButton primary refusal={null} onClick={() => go(`/warehouse/requests/new?items=${item.id}`)}>
                申请借用、调拨
              </ActionButton>
            ) : (
              <ActionButton primary refusal={may.reserve} onClick={() => setOpen('reserve')}>
                预约
              </ActionButton>
            )}
            {mine && (
              <ActionButton
                refusal={may.release}
                busy={release.sending}
                onClick={() => release.send({ itemId: item.id })}
              >
                取消预约
              </ActionButton>
            )}
            {may.appraise === null && (
              <ActionButton refusal={null} onClick={() => setOpen('appraise')}>
                鉴定
              </ActionButton>
            )}
            {may.approveRepair === null && (
              <ActionButton refusal={null} busy={approve.sending} onClick={() => approve.send(step)}>
                批准大修
              </ActionButton>
            )}
            {may.finishRepair === null && (
              <ActionButton refusal={null} onClick={() => setOpen('repair')}>
                登记修复
              </ActionButton>
            )}
            {may.dispose === null && (
              <ActionButton refusal={null} onClick={() => setOpen('dispose')}>
                转入待处置
              </ActionButton>
            )}
          </>
        }
        details={
          <div className="warehouse-item">
            <div className="stack">
              {item.hasPhoto ? (
                <img
                  className="warehouse-photo"
                  src={addressOf(contract.photo, { itemId: item.id })}
                  alt={`${item.name}照片`}
                />
              ) : (
                <p className="quiet">还没有照片，验收前须上传。</p>
              )}
              {may.photograph === null &&
                (item.state === 'applied' || item.state === 'available' || item.state === 'repair') && (
                  <FileUpload
                    operation={contract.attachPhoto}
                    input={{ itemId: item.id }}
                    label={item.hasPhoto ? '更换照片' : '上传照片'}
                    accept="image/*"
                    multiple={false}
                    camera
                    onUploaded={() => void queries.invalidateQueries({ queryKey: ['warehouse'] })}
                  />
                )}
            </div>
            <ItemDetails item={item} cardId={cardId} intakeId={intakeId} />
          </div>
        }
        basis={<FindingList of={findings} none="还没有鉴定。" />}
        changes={<ChangesPanel subject={{ kind: 'warehouse.item', id: item.id }} />}
      />
      {open === 'reserve' && (
        <OpinionDialog
          title="预约物品"
          lead="按规定期限保留，期内提出借用或调拨申请；到期自动放开。"
          label="用途"
          required
          submit="预约"
          onSend={(reason) => reserve.send({ ...step, reason })}
          error={reserve.error}
          onRetry={reserve.retry}
          onClose={close}
        />
      )}
      {open === 'dispose' && (
        <OpinionDialog
          title="转入待处置"
          lead="物品出仓，资产卡片改为“待处置”，由持有机关按处置程序办理，处置须经财政部门同意。"
          label="原因"
          required
          submit="转入待处置"
          phrases={['两年内无机关需要', '已无修复价值', '技术淘汰']}
          onSend={(reason) => dispose.send({ ...step, reason })}
          error={dispose.error}
          onRetry={dispose.retry}
          onClose={close}
        />
      )}
      {open === 'appraise' && <AppraisalDialog item={item} onClose={close} />}
      {open === 'repair' && <RepairDialog item={item} onClose={close} />}
    </>
  )
}

const whoLabel = (item: Item) => (item.hold ? (item.hold.requested ? '申请机关' : '预约机关') : '去向')
function whoText(item: Item): string | null {
  if (item.hold) return `${item.hold.organName}${item.hold.until ? `，保留至 ${item.hold.until}` : '，正在办理'}`
  if (item.outOrganName === '') return null
  return `${item.outOrganName}${item.outDueOn ? `，应于 ${item.outDueOn} 归还` : ''}`
}

function ItemDetails({ item, cardId, intakeId }: { item: Item; cardId: string | null; intakeId: string | null }) {
  const rows: [string, string | null][] = [
    ['规格型号', item.model],
    ['分类', `${item.className} ${item.classCode}`],
    ['数量', `${item.quantity} ${item.unit}`],
    ['取得日期', item.acquiredOn],
    ['重置价', item.replacementFen > 0 ? `${yuanText(item.replacementFen)} 元` : null],
    ['待修费用', item.repairFen > 0 ? `${yuanText(item.repairFen)} 元` : null],
    ['实际修复费用', item.repairedOn ? `${yuanText(item.repairSpentFen)} 元（${item.repairedOn}）` : null],
    ['大修批准人', item.repairApprovedByName],
    ['搬运费用', item.transportFen > 0 ? `${yuanText(item.transportFen)} 元` : null],
    ['鉴定', item.appraisedOn ? `${item.appraisedOn} ${item.appraisedByName}` : null],
    ['鉴定等级', item.appraisedGrade !== item.grade ? gradeText(item.appraisedGrade) : null],
    ['鉴定说明', item.appraisalNote],
    ['安全隐患', item.unsafe ? '有' : null],
    ['出仓', item.leftOn],
  ]
  return (
    <dl className="warehouse-facts">
      {rows
        .filter(([, value]) => value !== null && value !== '')
        .map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      {cardId && (
        <div>
          <dt>资产卡片</dt>
          <dd>
            <Go to={`/assets/cards/${cardId}`}>打开卡片</Go>
          </dd>
        </div>
      )}
      {intakeId && (
        <div>
          <dt>入仓申请</dt>
          <dd>
            <Go to={`/warehouse/intakes/${intakeId}`}>打开申请</Go>
          </dd>
        </div>
      )}
    </dl>
  )
}

/** What repair cost and whether it helped; what cannot be used goes to disposal. */
function RepairDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  return (
    <Dialog title={`登记修复：${item.name}`} onClose={onClose}>
      <EntryForm
        operation={contract.finishRepair}
        fixed={{ itemId: item.id, version: item.version }}
        initial={{ spentFen: item.repairFen, repairedOn: todayHere(), usable: true }}
        submit="登记"
        onDone={() => {
          tell('已登记修复结果。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="spentFen" label="修复费用">
          <MoneyInput />
        </Field>
        <Field name="repairedOn" label="修复日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="usable" label="修复结果" help="不能使用的，转入待处置。">
          <YesBox>可以使用</YesBox>
        </Field>
        <Field name="note" label="说明">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
