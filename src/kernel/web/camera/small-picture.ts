/** Longest side of a picture that is sent, in pixels: a label can be read in it, and a bad line can carry it. */
export const longestSide = 2000

/** Width and height that a picture is made to; null where it is small enough as it is. */
export function smallerSize(
  width: number,
  height: number,
  longest = longestSide,
): { width: number; height: number } | null {
  const scale = longest / Math.max(width, height)
  if (scale >= 1) return null
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The picture in that size as JPEG; as it is where it is no larger, no picture, or the browser cannot make it. */
export async function smallPicture(file: File): Promise<File> {
  if (!file.type.startsWith('image/')) return file
  try {
    const bitmap = await createImageBitmap(file)
    const size = smallerSize(bitmap.width, bitmap.height)
    if (size === null) return file
    const canvas = document.createElement('canvas')
    canvas.width = size.width
    canvas.height = size.height
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, size.width, size.height)
    bitmap.close()
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
    return blob === null ? file : new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' })
  } catch {
    return file
  }
}
