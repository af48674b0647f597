import type { Command, CommanderError } from 'commander'
import { widthOf } from './terminal.ts'

/** Makes a command and all under it speak Chinese, and throw instead of ending the process. */
export function speakChinese(command: Command, write: { out: (text: string) => void }): Command {
  command
    .helpOption('-h, --help', '显示帮助')
    .exitOverride()
    .configureOutput({ writeOut: write.out, writeErr: () => {}, outputError: () => {} })
    .configureHelp({
      displayWidth: widthOf,
      styleTitle: (title) => titles[title] ?? title,
      styleUsage: inChinese,
      styleSubcommandTerm: inChinese,
      optionDescription: (option) =>
        `${option.description}${defaultText(option.defaultValue)}${choicesText(option.argChoices)}`,
    })
  for (const child of command.commands) speakChinese(child, write)
  if (command.commands.length > 0) command.helpCommand('help [命令]', '显示命令的帮助')
  return command
}

const titles: Record<string, string> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
}

function inChinese(usage: string): string {
  return usage.replace('[options]', '[选项]').replace('[command]', '[命令]')
}

function defaultText(value: unknown): string {
  return value === undefined || Array.isArray(value) ? '' : `（默认 ${String(value)}）`
}

function choicesText(choices: readonly string[] | undefined): string {
  return choices ? `（${choices.join('、')}）` : ''
}

/** What commander says in English, in Chinese; null when nothing is wrong (help, version). */
export function usageFault(error: CommanderError): string | null {
  if (['commander.helpDisplayed', 'commander.version'].includes(error.code)) return null
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  const near = /\(Did you mean (?:one of )?(.*?)\?\)/.exec(error.message)?.[1]
  const suggestion = near ? `您要找的是不是 ${near.replaceAll(', ', '、')}？` : ''
  const help = '用 --help 查看用法。'
  switch (error.code) {
    case 'commander.help':
      return `请写明要执行的命令。${help}`
    case 'commander.unknownOption':
      return `没有选项 ${quoted}。${suggestion}${help}`
    case 'commander.unknownCommand':
      return `没有命令 ${quoted}。${suggestion}${help}`
    case 'commander.missingMandatoryOptionValue':
      return `缺少必须的选项 ${quoted}。${help}`
    case 'commander.missingArgument':
      return `缺少参数 ${quoted}。${help}`
    case 'commander.optionMissingArgument':
      return `选项 ${quoted} 后面应有值。${help}`
    case 'commander.excessArguments':
      return `参数过多。文件名中有空格的，请用引号括起。${help}`
    case 'commander.conflictingOption':
      return `选项 ${quoted} 与另一个选项不能同时使用。${help}`
    case 'commander.invalidArgument':
      return `选项 ${quoted} 的值不正确：${reasonOf(error.message)}`
    default:
      return `命令无法理解：${error.message}。${help}`
  }
}

/** The reason at the end of commander's sentence; ours is Chinese, of a choice it lists the words allowed. */
function reasonOf(message: string): string {
  const choices = /Allowed choices are (.*?)\.?$/.exec(message)?.[1]
  if (choices) return `应为${choices.replaceAll(', ', '、')}之一。`
  return /is invalid(?: for argument [^.]*)?\. (.*)$/s.exec(message)?.[1] ?? '请检查后重试。'
}
