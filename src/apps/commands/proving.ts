import { readFile, stat } from 'node:fs/promises'
import { asksForProof, proveAtCommandLine } from '#modules/people/offers.ts'
import type { Ground } from '../application.ts'
import { asCommand } from './ground.ts'
import { WrongUse, type Terminal } from './terminal.ts'

/**
 * Has whoever names an account prove that it is theirs (decision 55): by the password in the file that `YUNBAO_PASSWORD_FILE`
 * names, or typed where somebody sits at the terminal. The accounts of a demonstration need none.
 * @throws WrongUse when there is neither, Refused when it is wrong
 */
export async function insistOnProof({ act }: Ground, terminal: Terminal, username: string): Promise<void> {
  if (!(await act(asksForProof))) return
  const given = { username, ...((await fromFile(terminal)) ?? (await typed(terminal, username))) }
  const refused = await act((system) => proveAtCommandLine(asCommand(system), given))
  if (refused) throw refused
}

async function fromFile({ env }: Terminal): Promise<{ password: string; code: string } | null> {
  const path = env['YUNBAO_PASSWORD_FILE']?.trim()
  if (!path) return null
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new WrongUse(`没有找到文件 ${path}。请核对环境变量 YUNBAO_PASSWORD_FILE。`)
  if ((found.mode & 0o077) !== 0) throw new WrongUse(`密码文件 ${path} 其他用户也能读取。请先执行 chmod 600 ${path}。`)
  return { password: (await readFile(path, 'utf8')).replace(/\r?\n$/, ''), code: env['YUNBAO_CODE']?.trim() ?? '' }
}

async function typed(terminal: Terminal, username: string): Promise<{ password: string; code: string }> {
  if (!terminal.ask)
    throw new WrongUse(
      `以账号“${username}”办理，须由本人证明身份。请在终端中执行，或用 YUNBAO_PASSWORD_FILE 指明只有本人可读的密码文件（启用动态口令的，另用 YUNBAO_CODE 给出口令）；其他系统请使用令牌（yunbao machines）。`,
    )
  const password = await terminal.ask(`${username} 的密码：`)
  return { password, code: await terminal.ask('动态口令或恢复码（未启用的直接回车）：') }
}
