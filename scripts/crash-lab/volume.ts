import { execFile } from 'node:child_process'
import { chmod, mkdir, open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A small volume in memory, which can be filled to the last byte. */
export type Volume = {
  directory: string
  fill: () => Promise<void>
  free: () => Promise<void>
  close: () => Promise<void>
}

/**
 * @param directory where it is mounted; made when missing
 * @throws Error when this machine does not let us mount one
 */
export async function openVolume(directory: string, mib: number): Promise<Volume> {
  await mkdir(directory, { recursive: true })
  await run('mount', ['-t', 'tmpfs', '-o', `size=${mib}m,mode=0711`, 'yunbao-lab', directory]).catch(
    (cause: unknown) => {
      throw new Error('a full disk needs a volume of its own: run it as root (mount), or leave --volume out', { cause })
    },
  )
  await chmod(directory, 0o711)
  const ballast = join(directory, 'ballast')
  const free = () => rm(ballast, { force: true })
  return {
    directory,
    fill: async () => {
      const file = await open(ballast, 'a')
      try {
        // Others write at the same time: until nothing more goes in.
        for (let block = 1 << 20; block >= 4096;) {
          const { bavail, bsize } = await statfs(directory)
          block = Math.min(block, Math.max(4096, bavail * bsize))
          try {
            await file.appendFile(Buffer.alloc(block))
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
            block >>= 1
          }
        }
      } finally {
        await file.close()
      }
    },
    free,
    close: async () => {
      await free()
      await run('umount', ['-l', directory])
    },
  }
}
