import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { UploadedFile } from '#kernel/pure/contract.ts'

/** A rectangle of a drawing: left, top, width, height and colour. */
type Shape = readonly [number, number, number, number, readonly [number, number, number]]

const [width, height] = [320, 240]
const wall = [236, 234, 228] as const
const floor = [214, 208, 197] as const
const dark = [52, 58, 64] as const
const metal = [150, 156, 162] as const
const light = [205, 210, 214] as const
const screen = [74, 108, 124] as const
const wood = [158, 117, 78] as const
const cloth = [82, 98, 118] as const

/** Things as the demonstration draws them where people would have taken a photo. */
const drawings: Readonly<Record<string, readonly Shape[]>> = {
  screen: [
    [70, 50, 180, 110, dark],
    [78, 58, 164, 92, screen],
    [150, 160, 20, 24, metal],
    [115, 184, 90, 8, metal],
  ],
  machine: [
    [80, 90, 160, 90, light],
    [80, 90, 160, 22, metal],
    [105, 66, 110, 26, metal],
    [105, 140, 110, 8, dark],
    [205, 98, 24, 10, screen],
  ],
  projector: [
    [85, 110, 150, 60, light],
    [105, 122, 36, 36, dark],
    [112, 129, 22, 22, screen],
    [160, 124, 60, 6, metal],
  ],
  desk: [
    [40, 100, 240, 14, wood],
    [48, 114, 14, 86, wood],
    [258, 114, 14, 86, wood],
    [196, 114, 62, 56, wood],
    [212, 138, 30, 5, metal],
  ],
  chair: [
    [122, 56, 76, 70, cloth],
    [112, 134, 96, 18, cloth],
    [155, 152, 10, 40, dark],
    [120, 192, 80, 8, dark],
  ],
  cabinet: [
    [95, 40, 130, 166, light],
    [159, 40, 2, 166, metal],
    [148, 118, 5, 18, dark],
    [167, 118, 5, 18, dark],
  ],
}

const drawingOf: Readonly<Record<string, string>> = {
  A02010105: 'screen',
  A02010108: 'screen',
  A02091001: 'screen',
  A02020200: 'projector',
  A05010201: 'desk',
  A05010301: 'chair',
  A05010502: 'cabinet',
}

const pictures = new Map<string, Buffer>()
let written = 0

/** A picture of a thing of a class, as a file that was taken in: written anew for each, the store moves it away. */
export async function pictureOf(classCode: string, name: string): Promise<UploadedFile> {
  const drawing = drawingOf[classCode] ?? 'machine'
  const picture = pictures.get(drawing) ?? png(drawings[drawing] ?? [])
  pictures.set(drawing, picture)
  const path = join(tmpdir(), `yunbao-demonstration-${process.pid}-${++written}.png`)
  await writeFile(path, picture)
  return {
    path,
    fileName: `${name}.png`,
    sizeBytes: picture.length,
    mediaType: 'image/png',
    sha256: createHash('sha256').update(picture).digest('hex'),
  }
}

/** PNG without a filter, three bytes a pixel. */
function png(shapes: readonly Shape[]): Buffer {
  const row = width * 3 + 1
  const pixels = Buffer.alloc(row * height)
  const fill = ([left, top, wide, high, colour]: Shape) => {
    for (let y = top; y < top + high; y++)
      for (let x = left; x < left + wide; x++) pixels.set(colour, y * row + 1 + x * 3)
  }
  for (const shape of [[0, 0, width, 190, wall], [0, 190, width, 50, floor], ...shapes] as Shape[]) fill(shape)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
