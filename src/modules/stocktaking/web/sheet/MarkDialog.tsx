import { Button, Input } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { PictureButton } from '#kernel/web/camera/PictureButton.tsx'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { ChoiceBoxes } from '#kernel/web/form/ChoiceBoxes.tsx'
import { QuantityInput } from '#kernel/web/form/inputs.tsx'
import { labelledId } from '#modules/assets/model.ts'
import { bookResults, foundLabels, resultLabels, type Found } from '../../model.ts'
import type { Counting, Picture } from './counting.ts'
import type { ListedItem } from './local-store.ts'

export type Subject =
  | { kind: 'item'; item: ListedItem; here: string | null }
  | { kind: 'unknown'; code: string; here: string | null }
  | { kind: 'surplus'; code: string; here: string | null }

type Props = {
  onSay: Counting['say']
  onClose: () => void
}

/** What is said of one thing: the result first, then only what that result asks for. */
export function MarkDialog({
  subject,
  onSurplus,
  ...props
}: Props & { subject: Subject; onSurplus: (code: string) => void }) {
  if (subject.kind === 'item') return <ItemMark {...props} item={subject.item} here={subject.here} />
  if (subject.kind === 'surplus') return <SurplusMark {...props} code={subject.code} here={subject.here} />
  return <UnknownCode {...props} code={subject.code} here={subject.here} onSurplus={onSurplus} />
}

const editable = ['place', 'custodianName', 'userName', 'serialNumber', 'model'] as const

function ItemMark({ item, here, onSay, onClose }: Props & { item: ListedItem; here: string | null }) {
  const elsewhere = here !== null && here !== item.place
  const [result, setResult] = useState<(typeof bookResults)[number]>(elsewhere ? 'mismatch' : (item.result ?? 'same'))
  const [found, setFound] = useState<Found>(elsewhere ? { place: here } : item.found)
  const [remark, setRemark] = useState(item.remark)
  const [picture, setPicture] = useState<Picture | null>(null)
  const [missing, setMissing] = useState<string | null>(null)
  const differing = Object.fromEntries(
    Object.entries(found).filter(([key, value]) => value !== '' && value !== item[key as keyof ListedItem]),
  ) as Found
  const press = () => {
    const asked =
      result === 'mismatch' ? Object.keys(differing).length > 0 : result !== 'duplicate' || Boolean(found.keptNumber)
    if (!asked) return setMissing(result === 'mismatch' ? '请写明哪一项与账面不同。' : '请填写保留的卡片编号。')
    void onSay(
      {
        cardId: item.cardId,
        result,
        remark,
        found: result === 'mismatch' ? differing : result === 'duplicate' ? { keptNumber: found.keptNumber ?? '' } : {},
      },
      `${item.name} ${item.number}`,
      picture,
    )
  }
  return (
    <Dialog
      title={item.name}
      onClose={onClose}
      actions={
        <>
          <Button type="primary" size="large" onClick={press}>
            确定
          </Button>
          <Button size="large" onClick={onClose}>
            取消
          </Button>
        </>
      }
    >
      <div className="stack mark">
        <p className="quiet">
          {[item.number, item.model, item.serialNumber, item.place, item.custodianName].filter(Boolean).join(' · ')}
        </p>
        {elsewhere && (
          <p>
            账面存放在{item.place || '未填地点'}，您在{here}看到它。
          </p>
        )}
        <ChoiceBoxes
          legend="盘点结果"
          name="result"
          pairs
          choices={bookResults.map((one) => [one, resultLabels[one]])}
          value={result}
          onChange={(one) => {
            setResult(one)
            setMissing(null)
          }}
        />
        {result === 'mismatch' &&
          editable.map((key) => (
            <Labelled key={key} label={`实际${foundLabels[key]}`}>
              {(id) => (
                <Input
                  id={id}
                  size="large"
                  value={found[key] ?? item[key]}
                  maxLength={100}
                  autoComplete="off"
                  onChange={(event) => setFound({ ...found, [key]: event.target.value })}
                />
              )}
            </Labelled>
          ))}
        {result === 'duplicate' && (
          <Labelled label="保留的卡片编号">
            {(id) => (
              <Input
                id={id}
                size="large"
                value={found.keptNumber ?? ''}
                maxLength={60}
                autoComplete="off"
                onChange={(event) => setFound({ ...found, keptNumber: event.target.value })}
              />
            )}
          </Labelled>
        )}
        {missing && (
          <p className="field-error" role="alert">
            {missing}
          </p>
        )}
        <RemarkAndPicture remark={remark} onRemark={setRemark} picture={picture} onPicture={setPicture} ofCard />
      </div>
    </Dialog>
  )
}

function SurplusMark({ code, here, onSay, onClose }: Props & { code: string; here: string | null }) {
  const [name, setName] = useState('')
  const [place, setPlace] = useState(here ?? '')
  const [serialNumber, setSerial] = useState(code)
  const [quantity, setQuantity] = useState<number | string | null>(1)
  const [remark, setRemark] = useState('')
  const [picture, setPicture] = useState<Picture | null>(null)
  const [missing, setMissing] = useState(false)
  const press = () => {
    if (name.trim() === '' || place.trim() === '' || !Number.isInteger(quantity) || Number(quantity) < 1)
      return setMissing(true)
    const thing = {
      name: name.trim(),
      place: place.trim(),
      serialNumber: serialNumber.trim(),
      model: '',
      quantity: Number(quantity),
    }
    void onSay({ result: 'surplus', thing, remark }, `盘盈 ${thing.name}`, picture)
  }
  return (
    <Dialog
      title="登记盘盈"
      onClose={onClose}
      actions={
        <>
          <Button type="primary" size="large" onClick={press}>
            确定
          </Button>
          <Button size="large" onClick={onClose}>
            取消
          </Button>
        </>
      }
    >
      <div className="stack mark">
        {missing && (
          <p className="field-error" role="alert">
            请填写资产名称、存放地点和数量。
          </p>
        )}
        <Labelled label="资产名称">
          {(id) => (
            <Input
              id={id}
              size="large"
              value={name}
              maxLength={120}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label="存放地点">
          {(id) => (
            <Input
              id={id}
              size="large"
              value={place}
              maxLength={120}
              onChange={(event) => setPlace(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label="序列号（选填）">
          {(id) => (
            <Input
              id={id}
              size="large"
              value={serialNumber}
              maxLength={100}
              onChange={(event) => setSerial(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label="数量">
          {(id) => <QuantityInput id={id} unit="件" value={quantity} onChange={setQuantity} />}
        </Labelled>
        <RemarkAndPicture remark={remark} onRemark={setRemark} picture={picture} onPicture={setPicture} />
      </div>
    </Dialog>
  )
}

/** A code that is not on the list at hand: it may be of another floor, or of no card at all. */
function UnknownCode({
  code,
  here,
  onSay,
  onSurplus,
  onClose,
}: Props & { code: string; here: string | null; onSurplus: (code: string) => void }) {
  const labelled = labelledId(code) !== null
  return (
    <Dialog title={labelled ? '清单中没有这件资产' : '清单中没有这个编号'} onClose={onClose}>
      <div className="stack mark">
        <p>
          {labelled
            ? '标签是运保的资产标签，本机清单中没有这件资产。它可能属于其他楼层或其他机关，也可能不在本次盘点范围内。'
            : `本机清单中没有“${code}”。它可能属于其他楼层，也可能没有登记卡片。`}
        </p>
        <Button
          type="primary"
          size="large"
          block
          onClick={() =>
            void onSay(
              { code, result: 'same', ...(here === null ? {} : { found: { place: here } }) },
              labelled ? '扫到的标签' : `编号 ${code}`,
              null,
            )
          }
        >
          按{labelled ? '标签' : '编号'}登记{here === null ? '' : `在${here}`}，上传时核对
        </Button>
        <Button size="large" block onClick={() => onSurplus(code)}>
          没有卡片，登记盘盈
        </Button>
      </div>
    </Dialog>
  )
}

function RemarkAndPicture({
  remark,
  onRemark,
  picture,
  onPicture,
  ofCard = false,
}: {
  remark: string
  onRemark: (remark: string) => void
  picture: Picture | null
  onPicture: (picture: Picture) => void
  /** The thing has a card, whose files the picture can go to. */
  ofCard?: boolean
}) {
  return (
    <>
      <Labelled label="说明（选填）">
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            value={remark}
            maxLength={300}
            onChange={(event) => onRemark(event.target.value)}
          />
        )}
      </Labelled>
      <div className="row">
        <PictureButton
          label="盘点照片"
          large
          onPicture={(file) => onPicture({ file, forCard: picture?.forCard ?? ofCard })}
        >
          {picture === null ? '拍照（选填）' : '重拍'}
        </PictureButton>
        {picture && <span className="quiet">{picture.file.name}</span>}
      </div>
      {picture && ofCard && (
        <label className="sheet-open">
          <input
            type="checkbox"
            checked={picture.forCard}
            onChange={({ target }) => onPicture({ ...picture, forCard: target.checked })}
          />
          同时存入资产卡片
        </label>
      )}
    </>
  )
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
