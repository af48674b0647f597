import { createHash, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keepAttachment } from '#kernel/server/attachments.ts'
import { newId } from '#kernel/server/identifier.ts'
import { execute, openLines } from '#modules/ledger/offers.ts'
import type { Ground } from '../application.ts'

/** What a drill writes: payments on plan lines, every fifth with a receipt attached, each in one act. */
export type Load = {
  /** Ids of the payments the database has said yes to. */
  acknowledged: ReadonlySet<string>
  /** Lets acts under way end and begins no more. */
  pause: () => Promise<void>
  resume: () => void
}

const organId = newId()
const jurisdictionCode = '140100'
const lineCount = 24
const year = 2026

/** Opens the plan lines that payments are posted to. */
export async function openPlanLines({ act }: Ground): Promise<string[]> {
  const planId = newId()
  const lines = Array.from({ length: lineCount }, (_, index) => ({
    id: newId(),
    jurisdictionCode,
    year,
    number: `演练-${index + 1}`,
    planId,
    holderOrganId: organId,
    servedOrganId: organId,
    needKind: 'N01' as const,
    itemName: '演练',
    economicCode: '30201',
    unit: '项',
    centralised: false,
    amountFen: 1_000_000_000_000,
    quantity: 1,
  }))
  await act((system) => openLines(system, lines, `${year}-01-20`))
  return lines.map(({ id }) => id)
}

/** Writes with so many at once until it is paused. */
export function startLoad(ground: Ground, lines: readonly string[], incoming: string, writers: number): Load {
  const acknowledged = new Set<string>()
  let running = true
  let under: Promise<unknown> = Promise.resolve()
  const write = async (writer: number): Promise<void> => {
    for (let count = 0; running; count++) {
      const id = newId()
      await payment(
        ground,
        lines[(writer + count * writers) % lines.length] as string,
        id,
        count % 5 === 0 ? incoming : null,
      )
      acknowledged.add(id)
    }
  }
  const begin = () => {
    running = true
    under = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
    under.catch(() => {}) // told where the load is paused
  }
  begin()
  return {
    acknowledged,
    resume: begin,
    pause: async () => {
      running = false
      await under
    },
  }
}

async function payment(ground: Ground, lineId: string, id: string, incoming: string | null): Promise<void> {
  const receipt = incoming === null ? null : await newReceipt(incoming, id)
  await ground.act(async (act) => {
    await execute(act, lineId, {
      amountFen: 1_00,
      quantity: 0,
      note: '演练支出',
      occurredOn: `${year}-06-01`,
      source: { kind: 'drill', id },
    })
    if (receipt)
      await keepAttachment(act, {
        caseId: null,
        subject: { kind: 'drill.payment', id },
        organId,
        jurisdictionCode,
        file: receipt,
      })
  })
}

async function newReceipt(incoming: string, id: string) {
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const path = join(incoming, id)
  const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(12_000), Buffer.from('\n%%EOF\n')])
  await writeFile(path, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { path, fileName: '票据.pdf', sizeBytes: bytes.length, mediaType: 'application/pdf', sha256 }
}
