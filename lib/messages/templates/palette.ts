/** The colours of the product (tailwind.config.ts) as mail clients need them: in full, twice. */
export const light = {
  bg: '#f6f4ef',
  surface: '#fffdf9',
  line: '#e3ded4',
  ink: '#1b1812',
  muted: '#5d574b',
  brass: '#8a5a00',
  brassSoft: '#f5ead2',
} as const;

const dark = {
  bg: '#0c0e12',
  surface: '#13161c',
  line: '#292d34',
  ink: '#eceef3',
  muted: '#a1a9b8',
  brass: '#f2b84b',
  brassSoft: '#2f2a22',
} as const;

const bothSchemes = ':root{color-scheme:light dark;supported-color-schemes:light dark}';
const whereDark = '@media (prefers-color-scheme:dark){';

/** Inline styles are the light look; this turns them dark where the client says so. No quotes, no `>`: React would escape them. */
export const darkStyles = `
${bothSchemes}
${whereDark}
.lk-bg,.lk-bg td{background-color:${dark.bg}!important}
.lk-card td{background-color:${dark.surface}!important}
.lk-card{background-color:${dark.surface}!important;border-color:${dark.line}!important}
.lk-ink{color:${dark.ink}!important}
.lk-muted{color:${dark.muted}!important}
.lk-brass{color:${dark.brass}!important}
.lk-ring{border-color:${dark.brass}!important}
.lk-bar{background-color:${dark.brass}!important}
.lk-button{background-color:${dark.brass}!important;color:${dark.bg}!important}
.lk-code{background-color:${dark.brassSoft}!important;color:${dark.brass}!important}
}
@media (max-width:480px){.lk-card{padding:24px 18px!important}}
`;

/** A rendered mail as a client shows it that is set to dark or to light, whatever this browser is set to. */
export const inScheme = (html: string, scheme: 'light' | 'dark'): string =>
  html
    .replace(bothSchemes, `:root{color-scheme:${scheme}}`)
    .replace(whereDark, scheme === 'dark' ? '@media all{' : '@media not all{')
    .replace('<meta name="color-scheme" content="light dark"/>', `<meta name="color-scheme" content="${scheme}"/>`);

export const sans = 'Geist, Inter, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif';
export const mono = 'Geist Mono, SFMono-Regular, Menlo, Consolas, Liberation Mono, monospace';
