import { Button } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import type { InputOf, Operation, OutputOf } from '#kernel/pure/contract.ts'
import { smallPicture } from '../camera/small-picture.ts'
import { call, newKey } from '../client.ts'
import type { InputFor } from '../client.ts'
import { awaySince } from '../connection.ts'
import { useLatest } from '../latest.ts'
import { ProblemError, Unreachable } from '../problem.ts'
import './form.css'

type Item = {
  key: string
  file: File
  done: number
  state: 'waiting' | 'sending' | 'sent' | 'refused'
  message: string
}

/**
 * Files for an `upload` operation: chosen, dropped or photographed; each with its own progress. When the network is lost
 * a file waits (待上传) and goes on by itself, under the same key, when it is back.
 */
export function FileUpload<O extends Operation & { kind: 'upload' }>({
  operation,
  input,
  label = '选择文件',
  accept,
  multiple = true,
  camera = false,
  maxBytes = 32 * 1024 * 1024,
  onUploaded,
}: {
  operation: O
  /** Everything but the file. */
  input: Omit<InputOf<O>, 'file'>
  label?: string
  accept?: string
  multiple?: boolean
  /** Opens the camera on phones; pictures are made smaller before they are sent. */
  camera?: boolean
  maxBytes?: number
  onUploaded: (output: OutputOf<O>) => void
}) {
  const id = useId()
  const chooser = useRef<HTMLInputElement>(null)
  const [items, setItems] = useState<readonly Item[]>([])
  const [over, setOver] = useState(false)
  const change = (key: string, changes: Partial<Item>) =>
    setItems((before) => before.map((item) => (item.key === key ? { ...item, ...changes } : item)))

  const sendOne = async ({ key, file }: Item) => {
    change(key, { state: 'sending', done: 0, message: '' })
    try {
      const output = await call(operation, { ...input, file } as unknown as InputFor<O>, {
        idempotencyKey: key,
        onUploadProgress: (done) => change(key, { done }),
      })
      change(key, { state: 'sent', done: 1 })
      onUploaded(output)
    } catch (error) {
      if (error instanceof Unreachable) change(key, { state: 'waiting', message: '待上传，连上服务器后自动继续' })
      else if (error instanceof ProblemError) change(key, { state: 'refused', message: error.detail })
      else throw error
    }
  }
  const latest = useLatest({ items, sendOne })
  useEffect(
    () =>
      awaySince.subscribe(() => {
        if (awaySince.get() !== null) return
        for (const item of latest.current.items) if (item.state === 'waiting') void latest.current.sendOne(item)
      }),
    [latest],
  )

  const take = async (chosen: readonly File[]) => {
    // What a phone's camera takes is made smaller; other files go as they are.
    const files = camera ? await Promise.all(chosen.map(smallPicture)) : chosen
    const added = files.slice(0, multiple ? undefined : 1).map((file): Item => {
      const tooBig = file.size > maxBytes
      const message = tooBig ? `文件 ${sizeText(file.size)}，超过 ${sizeText(maxBytes)}。请压缩或拆分后再上传。` : ''
      return { key: newKey(), file, done: 0, state: tooBig ? 'refused' : 'sending', message }
    })
    setItems((before) => (multiple ? [...before, ...added] : added))
    for (const item of added) if (item.state === 'sending') void sendOne(item)
    if (chooser.current) chooser.current.value = ''
  }
  return (
    <div
      className={over ? 'upload upload-over' : 'upload'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void take([...event.dataTransfer.files])
      }}
    >
      <div className="row">
        <Button onClick={() => chooser.current?.click()}>{label}</Button>
        <span className="quiet upload-hint">或把文件拖到这里，每个不超过 {sizeText(maxBytes)}</span>
      </div>
      <input
        ref={chooser}
        id={id}
        type="file"
        hidden
        multiple={multiple}
        {...(accept === undefined ? {} : { accept })}
        {...(camera ? { capture: 'environment' as const } : {})}
        onChange={(event) => void take([...(event.target.files ?? [])])}
      />
      {items.length > 0 && (
        <ul className="upload-list" aria-live="polite">
          {items.map((item) => (
            <li key={item.key}>
              <span className="upload-name">{item.file.name}</span>
              <span className="quiet number">{sizeText(item.file.size)}</span>
              {item.state === 'sending' && (
                <progress max={1} value={item.done} aria-label={`${item.file.name} 上传进度`} />
              )}
              {item.state === 'sent' && <span className="upload-sent">已上传</span>}
              {item.message && (
                <span className={item.state === 'refused' ? 'field-error' : 'upload-wait'}>{item.message}</span>
              )}
              {item.state === 'refused' && item.file.size <= maxBytes && (
                <Button size="small" onClick={() => void sendOne({ ...item, key: item.key })}>
                  重试
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** `1.2 MB`, as file managers say it. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
