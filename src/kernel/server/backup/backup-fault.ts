export type BackupFaultCode = 'wrong-key' | 'damaged' | 'missing' | 'not-a-backup' | 'refused'

/** Why a backup cannot be made or restored; the message names the file and the remedy. */
export class BackupFault extends Error {
  readonly code: BackupFaultCode
  /** The file at fault, relative to the backup folder where it lies in it. */
  readonly file: string
  constructor(code: BackupFaultCode, file: string, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'BackupFault'
    this.code = code
    this.file = file
  }
}
