import { commonPasswordText } from './common-password-list.ts'

const commonPasswords = new Set(commonPasswordText.trim().split(/\s+/))

/** How many passwords are refused as they are, beside what is recognised by rule. */
export const commonPasswordCount = commonPasswords.size

/** Words that head every list of leaked passwords, here and abroad; endings and letter swaps are recognised by rule. */
const commonWords = new Set(
  `password passw passwd pass admin administrator root guest user test demo default welcome login master letmein secret changeme
  qwerty qwert qwertyuiop qwertyui asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc wasd
  abc abcd abcde abcdef abcdefg abcdefgh abcabc aaa aaaa aaaaa aaaaaa xxxx xyz iloveyou iloveu loveyou love lovely forever
  monkey dragon baseball football soccer hockey basketball superman batman spiderman pokemon naruto starwars princess sunshine
  shadow michael jordan jessica ashley daniel thomas robert matthew anthony joshua andrew charlie killer hunter ranger tiger
  freedom whatever trustno hello helloworld computer internet samsung google facebook linkedin youtube windows microsoft apple
  mustang ferrari mercedes corvette harley yamaha cookie chocolate banana orange cheese pepper ginger summer winter spring autumn
  monday friday january february november december purple yellow silver golden diamond crystal flower butterfly angel
  woaini woaiwojia wodemima mima mimamima zhongguo china beijing shanghai shanxi taiyuan jinan guangzhou shenzhen tianxia
  nihao nihaoma woshi woshishui xiaoxiao zhang wang liu chen yang zhao huang zhou wuhan tencent alibaba baidu taobao
  qq wechat weixin huawei xiaomi zhengfu jiguan shiwu guanli caizheng bangong office gongan danwei system sysadmin oracle mysql
  postgres server manager support service operator security audit auditor sa dba backup public private company money lucky happy
  smile family mother father mommy daddy brother sister baby babygirl friend friends buddy prince queen king jesus heaven god
  access account action apollo arsenal austin biteme blessed blink buster camaro cowboy cowboys dallas dakota dolphin eagle eagles
  falcon fender fishing flyers forest gandalf gateway genesis giants golf golfer hammer hannah heather hendrix honda
  junior knight lakers legend liverpool london lucas maggie marine martin matrix maverick melissa merlin metallic mickey midnight
  miller minecraft morgan murphy nascar natasha nathan nicole nintendo packers panther patrick phantom phoenix player porsche
  power premium rabbit rachel rainbow raiders rangers redskins richard rocket rosebud samantha scooter scorpion sierra slayer
  snoopy sophie steelers stella steven sunny sunset taylor tennis tinker toyota trinity turtle united vampire victoria victor
  viking voyager warrior william willow wizard xavier yankees zaq zaqwsx`.split(/\s+/),
)

/** Runs of the keyboard and the alphabet, forwards and backwards; a password made of them alone is no secret. */
const runs = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '!@#$%^&*()',
]
const runsBothWays = runs.flatMap((run) => [run, [...run].reverse().join('')])

const swaps: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/**
 * True for a listed password as it is or with digits and signs at its ends, for a listed word with any digits and signs around it (`Admin@2026`, `P@ssw0rd123!`), two of
 * them strung together, one character repeated, a piece repeated, or keyboard runs strung together (`1qaz@WSX3edc`).
 */
export function isCommonPassword(password: string): boolean {
  const plain = password.toLowerCase()
  if (
    commonPasswords.has(plain) ||
    isRepetition(plain) ||
    isMadeOf(unshifted(plain), (piece) => piece.length >= 3 && runsBothWays.some((run) => run.includes(piece)))
  )
    return true
  // Digits at the ends are no letters in disguise: `p@ssw0rd123!` is read as `p@ssw0rd` first.
  const candidates = [
    plain,
    ...[/$^/, /[^a-z]+$/, /^\d+|[^a-z]+$/g, /^[^a-z]+|[^a-z]+$/g].map((around) => unswapped(plain.replace(around, ''))),
  ]
  return candidates.some(
    (candidate) => (candidate.length >= 4 && commonPasswords.has(candidate)) || isMadeOfWords(candidate),
  )
}

function isMadeOfWords(candidate: string): boolean {
  return [candidate.replace(/[^a-z]/g, ''), candidate.replace(/^[^a-z]+|[^a-z]+$/g, '')].some(
    (word) => word.length >= 2 && isMadeOf(word, (piece) => commonWords.has(piece), 2),
  )
}

function unswapped(text: string): string {
  return [...text].map((character) => swaps[character] ?? character).join('')
}

/** Shifted digits are still the digit row: `!QAZ@WSX` is a run like `1qaz2wsx`. */
function unshifted(text: string): string {
  return text.replace(/[!@#$%^&*()]/g, (sign) => '1234567890'['!@#$%^&*()'.indexOf(sign)] as string)
}

function isRepetition(text: string): boolean {
  return text.length >= 4 && (text + text).indexOf(text, 1) < text.length
}

/** True when the text can be cut into at most `most` pieces that all pass; cost is bounded by length × 40. */
function isMadeOf(text: string, passes: (piece: string) => boolean, most = Number.POSITIVE_INFINITY): boolean {
  const fewestPieces = new Map([[0, 0]])
  for (let start = 0; start < text.length; start++) {
    const pieces = fewestPieces.get(start)
    if (pieces === undefined || pieces >= most) continue
    for (let end = start + 1; end <= Math.min(text.length, start + 40); end++)
      if (passes(text.slice(start, end))) fewestPieces.set(end, Math.min(fewestPieces.get(end) ?? most, pieces + 1))
  }
  return fewestPieces.has(text.length)
}
