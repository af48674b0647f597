/** Where else a code comes in while there is no picture. */
const otherwise = '也可以用扫码枪，或输入编号。'

/**
 * Why there is no picture, and how to get one: what the browser called it, in words for who stands there with this phone.
 * @param name of the error that asking for the camera ended with (W3C Media Capture)
 * @param agent how the browser calls itself
 */
export function cameraProblem(name: string, agent: string): string {
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return `没有使用相机的许可。${howToAllow(agent)}${otherwise}`
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return `这台设备没有找到相机。${otherwise}`
  if (name === 'NotReadableError' || name === 'AbortError')
    return `相机打不开，可能正被其他程序占用。请关闭占用相机的程序后再打开。${otherwise}`
  return `相机打不开（${name}）。请关闭页面后重新打开。${otherwise}`
}

function howToAllow(agent: string): string {
  if (/MicroMessenger/i.test(agent))
    return '请在手机“设置”中找到“微信”，允许使用相机，再回到微信重新打开本页；或点右上角“…”，选择用浏览器打开。'
  if (/iPhone|iPad/i.test(agent))
    return '请点地址栏旁的页面菜单，在“网站设置”中将“相机”改为“允许”；仍不能用的，在手机“设置”中找到本浏览器，允许使用相机。'
  if (/Android/i.test(agent))
    return '请点地址栏左侧的图标，在“权限”中允许使用相机；仍不能用的，在手机“设置”的应用管理中允许本浏览器使用相机。'
  return '请点地址栏左侧的图标，将“相机”改为“允许”，再重新打开相机。'
}

/** Why no camera can even be asked for; null where one can. */
export function noCameraReason(found: 'none' | 'insecure'): string {
  return found === 'none'
    ? '这台设备没有相机，请用扫码枪，或输入编号。'
    : '本页不是加密连接（https），浏览器不允许使用相机。请用 https 地址打开，或用扫码枪、输入编号。'
}

export const readerProblem = `读码程序没有下载下来。请连接网络后重新打开相机。${otherwise}`
export const stoppedProblem = '相机停止了。请重新打开。'
