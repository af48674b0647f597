import type { ThemeConfig } from 'antd'

/** Colours of the screen; `tokens.css` carries the same values for what antd does not draw. */
export const colours = {
  brand: '#12545b',
  text: '#1f2328',
  quiet: '#59636e',
  ground: '#f7f7f5',
  surface: '#ffffff',
  line: '#e3e3df',
  /** Overdue, block, head of official documents; nothing else. */
  seal: '#b3261e',
  amber: '#9a6700',
  green: '#1a7f37',
} as const

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.brand,
    colorLink: colours.brand,
    colorInfo: colours.brand,
    colorError: colours.seal,
    colorWarning: colours.amber,
    colorSuccess: colours.green,
    colorTextBase: colours.text,
    colorText: colours.text,
    colorTextSecondary: colours.quiet,
    colorTextTertiary: colours.quiet,
    colorTextDescription: colours.quiet,
    colorTextPlaceholder: '#6e7781',
    colorBgLayout: colours.ground,
    colorBorder: '#b9bcb6', // 3:1 against white is asked of a control's edge only where nothing else shows it
    colorBorderSecondary: colours.line,
    colorSplit: colours.line,
    borderRadius: 6,
    fontFamily: "'Noto Sans SC Variable', 'PingFang SC', 'Microsoft YaHei', sans-serif",
    fontSize: 15,
    controlHeight: 36,
    motionUnit: 0.05, // 0.05, 0.1, 0.15 s: motion explains, it does not entertain
    boxShadow: '0 4px 16px rgb(31 35 40 / 14%)',
    boxShadowSecondary: '0 4px 16px rgb(31 35 40 / 14%)',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
    Form: { labelColor: colours.text, verticalLabelPadding: '0 0 4px', itemMarginBottom: 20 },
    Modal: { titleFontSize: 18 },
  },
}
