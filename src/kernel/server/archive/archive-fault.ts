export type ArchiveFaultCode = 'not-an-archive' | 'damaged' | 'newer' | 'missing-key' | 'refused'

/** Why an installation cannot be exported or taken in; the message names the file and the remedy. Nothing was changed. */
export class ArchiveFault extends Error {
  readonly code: ArchiveFaultCode
  constructor(code: ArchiveFaultCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ArchiveFault'
    this.code = code
  }
}
